// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pipeline/throughput.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <pqxx/pqxx>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "common/pg/query.h"
#include "common/testing/await.h"
#include "tests/bench/pipeline/documents.h"
#include "tests/bench/pipeline/pipeline.h"

namespace fails::bench {
namespace {

constexpr std::size_t kBatch = 500;

double PerSecond(int count, const std::function<void()>& work) {
  const absl::Time began = absl::Now();
  work();
  return count / absl::ToDoubleSeconds(absl::Now() - began);
}

void AwaitValue(Pipeline& pipeline, const std::string& sql, const std::string& value) {
  if (!testing::Await([&] { return pipeline.Sql(sql) == value; }, absl::Minutes(10))) {
    throw std::runtime_error(fmt::format("'{}' does not become {}", sql, value));
  }
}

// The rows of a table, column by column as array literals of 500 values each, to be written into an
// empty copy of it.
class Copy {
 public:
  Copy(const std::string& url, const std::string& table, const std::string& key)
      : connection_(url) {
    pqxx::work tx(connection_);
    const std::string from = "incidents." + table, to = "incidents.bare_" + table;
    tx.exec(fmt::format("CREATE TABLE {} (LIKE {} INCLUDING ALL EXCLUDING IDENTITY)", to, from));
    std::vector<std::string> names, values, updates;
    for (const pqxx::row& row :
         tx.exec(fmt::format("SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                             " WHERE attrelid = '{}'::regclass AND attnum > 0 AND NOT attisdropped"
                             " ORDER BY attnum",
                             from))) {
      const auto name = row[0].as<std::string>(), type = row[1].as<std::string>();
      names.push_back(name);
      values.push_back(fmt::format("{}::{}", name, type));
      updates.push_back(fmt::format("{0} = excluded.{0}", name));
    }
    std::vector<std::string> parameters, texts;
    for (std::size_t i = 0; i < names.size(); ++i) {
      parameters.push_back(fmt::format("${}::text[]", i + 1));
      texts.push_back(names[i] + "::text");
    }
    Read(tx, fmt::format("SELECT {} FROM {} ORDER BY {}", fmt::join(texts, ", "), from, key));
    tx.commit();
    connection_.prepare("bare",
                        fmt::format("INSERT INTO {0} ({1}) SELECT {2} FROM unnest({3}) AS"
                                    " new ({1}) ON CONFLICT ({4}) DO UPDATE SET {5}",
                                    to, fmt::join(names, ", "), fmt::join(values, ", "),
                                    fmt::join(parameters, ", "), key, fmt::join(updates, ", ")));
  }

  void Write() {
    for (const std::vector<std::string>& batch : batches_) {
      pqxx::work tx(connection_);
      tx.exec_prepared("bare", pqxx::prepare::make_dynamic_params(batch));
      tx.commit();
    }
  }

 private:
  static std::string Element(const pqxx::field& field) {
    if (field.is_null()) return "NULL";
    std::string element = "\"";
    for (const char c : std::string_view(field.c_str(), field.size())) {
      if (c == '"' || c == '\\') element += '\\';
      element += c;
    }
    return element + '"';
  }

  void Read(pqxx::work& tx, const std::string& sql) {
    const pqxx::result rows = tx.exec(sql);
    const auto size = static_cast<std::size_t>(rows.size());
    for (std::size_t first = 0; first < size; first += kBatch) {
      std::vector<std::string>& batch = batches_.emplace_back();
      for (pqxx::row::size_type column = 0; column < rows.columns(); ++column) {
        std::string array = "{";
        for (std::size_t i = first; i < std::min(first + kBatch, size); ++i) {
          if (array.size() > 1) array += ',';
          array += Element(rows[static_cast<pqxx::result::size_type>(i)][column]);
        }
        batch.push_back(array + "}");
      }
    }
  }

  pqxx::connection connection_;
  std::vector<std::vector<std::string>> batches_;
};

}  // namespace

Throughput MeasureThroughput(const ThroughputOptions& options) {
  Pipeline pipeline(options.pages);
  const absl::Time now = absl::Now();
  const int documents = options.incidents / options.listed;
  const int total = documents * options.listed;
  for (int i = 0; i < documents; ++i) {
    pipeline.Publish(Listing(fmt::format("p{}", i % options.pages), i * options.listed,
                             options.listed, now + absl::Milliseconds(i)));
  }
  Throughput measured;
  measured.pipeline = PerSecond(total, [&] {
    pipeline.StartConsumer();
    // The inbox has a row for each document that was committed: little to count.
    AwaitValue(pipeline, "SELECT count(*) FROM incidents.inbox", fmt::format("{}", documents));
  });
  pipeline.StopConsumer();
  AwaitValue(pipeline, "SELECT count(*) FROM incidents.incident", fmt::format("{}", total));
  AwaitValue(pipeline, "SELECT count(*) FROM incidents.outbox", fmt::format("{}", total));
  measured.relay = PerSecond(total, [&] {
    pipeline.StartRelay();
    AwaitValue(pipeline, "SELECT count(*) FROM incidents.outbox WHERE published_at IS NULL", "0");
  });
  Copy incidents(pipeline.owner_url(), "incident", "id");
  Copy updates(pipeline.owner_url(), "incident_update", "incident_id, position");
  Copy events(pipeline.owner_url(), "outbox", "id");
  measured.bare_incidents = PerSecond(total, [&] { incidents.Write(); });
  const double others = PerSecond(total, [&] {
    updates.Write();
    events.Write();
  });
  measured.bare_rows = 1 / (1 / measured.bare_incidents + 1 / others);
  AwaitValue(pipeline, "SELECT count(*) FROM incidents.bare_incident", fmt::format("{}", total));
  AwaitValue(pipeline, "SELECT count(*) FROM incidents.bare_outbox", fmt::format("{}", total));
  return measured;
}

}  // namespace fails::bench
