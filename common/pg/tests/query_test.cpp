// SPDX-License-Identifier: Apache-2.0
#include "common/pg/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "common/obs/metrics.h"
#include "common/pg/tests/pg_fixture.h"

namespace fails::pg {
namespace {

using ::testing::HasSubstr;

constexpr Query kTime = {"time", "SELECT $1::timestamptz"};
constexpr Query kArray = {"array", "SELECT $1::text[]"};

class QueryTest : public PgTest {
 protected:
  template <class Body>
  void InTransaction(Body body) {
    const absl::Status status = pool_.Transact("t", [&](pqxx::work& tx) {
      body(tx);
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
  }
};

// Any instant of the years 1 to 9999, to the microsecond.
TEST_F(QueryTest, TimesComeBackAsTheyWent) {
  std::mt19937_64 random(42);
  std::uniform_int_distribution<std::int64_t> micros(-62135596800'000000, 253402300799'999999);
  InTransaction([&](pqxx::work& tx) {
    std::vector<absl::Time> times = {
        absl::UnixEpoch(), absl::InfiniteFuture(), absl::InfinitePast(),
        absl::FromUnixMicros(-62135596800'000000), absl::FromUnixMicros(253402300799'999999)};
    for (int i = 0; i < 500; ++i) times.push_back(absl::FromUnixMicros(micros(random)));
    for (const absl::Time time : times) {
      const auto result = Exec(tx, kTime, time);
      EXPECT_EQ(TimeFromPg(result[0][0]), time) << ToPg(time);
      EXPECT_EQ(OptionalTimeFromPg(result[0][0]), time) << ToPg(time);
    }
  });
}

TEST_F(QueryTest, AbsentTimesAreNull) {
  InTransaction([&](pqxx::work& tx) {
    const auto result = Exec(tx, kTime, std::optional<absl::Time>());
    EXPECT_TRUE(result[0][0].is_null());
    EXPECT_EQ(OptionalTimeFromPg(result[0][0]), std::nullopt);
    EXPECT_THROW(TimeFromPg(result[0][0]), pqxx::conversion_error);
    const auto text = Exec(tx, kTime, ToPg(std::optional<absl::Time>()));
    EXPECT_TRUE(text[0][0].is_null());
  });
}

TEST_F(QueryTest, WhatIsNoTimeIsRefused) {
  InTransaction([&](pqxx::work& tx) {
    EXPECT_THROW(TimeFromPg(tx.exec("SELECT 'soon'")[0][0]), pqxx::conversion_error);
    EXPECT_THROW(TimeFromPg(tx.exec("SELECT '0044-03-15 BC'::timestamptz")[0][0]),
                 pqxx::conversion_error);
  });
}

// Texts of everything that means something to somebody on the way, and of any Unicode.
TEST_F(QueryTest, ArraysComeBackAsTheyWent) {
  const std::vector<std::string> pieces = {"a",  "\"",   "\\",   ",",    "{",  "}",
                                           " ",  "NULL", "'",    "\n",   "\t", "é",
                                           "漢", "🙂", "\\\"", "\"\"", "%",  "$1"};
  std::mt19937 random(7);
  const auto below = [&](std::size_t n) { return random() % n; };
  InTransaction([&](pqxx::work& tx) {
    for (int round = 0; round < 300; ++round) {
      std::vector<std::string> values(below(6));
      for (std::string& value : values) {
        for (std::size_t n = below(8); n > 0; --n) value += pieces[below(pieces.size())];
      }
      const auto direct = Exec(tx, kArray, values);
      EXPECT_EQ(FromPgArray(direct[0][0]), values) << ToPgArray(values);
      EXPECT_EQ(FromPgArray(Exec(tx, kArray, ToPgArray(values))[0][0]), values);
      const auto length = tx.exec_params("SELECT cardinality($1::text[])", ToPgArray(values));
      EXPECT_EQ(length[0][0].as<std::size_t>(), values.size()) << "PostgreSQL sees the same";
    }
  });
}

TEST_F(QueryTest, ArraysWithoutAPlaceForNullAreRefused) {
  InTransaction([&](pqxx::work& tx) {
    for (const char* sql :
         {"SELECT ARRAY['a', NULL]", "SELECT ARRAY[['a'],['b']]", "SELECT NULL::text[]"}) {
      EXPECT_THROW(FromPgArray(tx.exec(sql)[0][0]), pqxx::conversion_error) << sql;
    }
  });
}

TEST_F(QueryTest, BindsEveryKindOfParameter) {
  constexpr Query kAll = {
      "all",
      "SELECT $1::text || $2::text || $3::text, $4::int + 1, $5::boolean, $6::text IS NULL,"
      " $7::int, $8::double precision, $9::text[], $10::bigint, $11::text"};
  InTransaction([&](pqxx::work& tx) {
    const std::string string = "b";
    const auto row = Exec(tx, kAll, "a", string, std::string_view("cd").substr(0, 1), 41, true,
                          nullptr, std::optional<int>(7), 0.5, std::vector<std::string>{"x"},
                          std::int64_t{1} << 40, std::optional<std::string_view>("view"))[0];
    EXPECT_EQ(row[0].as<std::string>(), "abc");
    EXPECT_EQ(row[1].as<int>(), 42);
    EXPECT_TRUE(row[2].as<bool>());
    EXPECT_TRUE(row[3].as<bool>());
    EXPECT_EQ(row[4].as<int>(), 7);
    EXPECT_EQ(row[5].as<double>(), 0.5);
    EXPECT_EQ(FromPgArray(row[6]), std::vector<std::string>{"x"});
    EXPECT_EQ(row[7].as<std::int64_t>(), std::int64_t{1} << 40);
    EXPECT_EQ(row[8].as<std::string>(), "view");
  });
}

TEST_F(QueryTest, APreparedStatementTakesParametersEachTime) {
  constexpr Query kSum = {"sum", "SELECT $1::int + $2::int", true};
  for (int round = 0; round < 8; ++round) {  // the server changes to a plan for all after five
    InTransaction([&](pqxx::work& tx) {
      EXPECT_EQ(Exec(tx, kSum, round, std::optional<int>(10))[0][0].as<int>(), round + 10);
      EXPECT_TRUE(Exec(tx, kSum, round, std::optional<int>())[0][0].is_null());
    });
  }
  InTransaction([&](pqxx::work& tx) {
    const auto known = tx.exec("SELECT count(*) FROM pg_prepared_statements WHERE name = 'sum'");
    EXPECT_EQ(known[0][0].as<int>(), 1);
  });
}

TEST_F(QueryTest, APreparedStatementSurvivesAMigration) {
  constexpr Query kEverything = {"everything", "SELECT * FROM thing WHERE id = $1", true};
  const auto columns = [&] {
    int count = 0;
    InTransaction([&](pqxx::work& tx) { count = Exec(tx, kEverything, 1).columns(); });
    return count;
  };
  const int before = columns();
  pqxx::connection owner(database_.owner_url());
  pqxx::nontransaction(owner).exec("ALTER TABLE thing ADD COLUMN more text");
  EXPECT_EQ(columns(), before + 1);
}

TEST_F(QueryTest, APreparedNameStandsForOneStatement) {
  constexpr Query kOne = {"one_of_two", "SELECT 1", true}, kTwo = {"one_of_two", "SELECT 2", true};
  InTransaction([&](pqxx::work& tx) {
    EXPECT_EQ(Exec(tx, kOne)[0][0].as<int>(), 1);
    EXPECT_THROW(Exec(tx, kTwo), pqxx::argument_error);
  });
}

// libpq would cut the text off at the zero byte without a word.
TEST_F(QueryTest, AZeroByteIsRefusedInsteadOfCuttingTheText) {
  const std::string text("a\0b", 3);
  InTransaction([&](pqxx::work& tx) {
    constexpr Query kEcho = {"echo", "SELECT $1::text"};
    EXPECT_THROW(Exec(tx, kEcho, text), pqxx::argument_error);
    EXPECT_THROW(Exec(tx, kEcho, std::string_view(text)), pqxx::argument_error);
    EXPECT_THROW(Exec(tx, kEcho, std::optional<std::string>(text)), pqxx::argument_error);
    EXPECT_THROW(Exec(tx, kArray, std::vector<std::string>{text}), pqxx::argument_error);
  });
}

TEST_F(QueryTest, MeasuresEachStatementByName) {
  constexpr Query kMeasured = {"measured_statement", "SELECT 1"};
  InTransaction([&](pqxx::work& tx) { Exec(tx, kMeasured); });
  EXPECT_THAT(obs::RenderMetrics(),
              HasSubstr(R"(fails_pg_query_seconds_count{query="measured_statement"} 1)"));
}

}  // namespace
}  // namespace fails::pg
