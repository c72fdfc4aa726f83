// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routing/params.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fails::gateway::routing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kWords[] = {"minor", "major"};

// The errors after `read` has asked for what it takes.
template <class Read>
std::vector<FieldError> Errors(const Query& query, Read read) {
  Params params(query);
  read(params);
  const auto problem = params.Problem();
  return problem ? problem->errors : std::vector<FieldError>();
}

TEST(Params, ReadsEveryType) {
  const Query query = {{"limit", "20"},
                       {"ongoing", "true"},
                       {"impact", "major,minor"},
                       {"sort", "minor"},
                       {"provider", "openai,stability-ai"},
                       {"service", "openai/api"},
                       {"q", "a b"},
                       {"from", "2024-08-28T20:16:00+02:00"}};
  Params params(query);
  EXPECT_EQ(params.Integer("limit", 1, 200), 20);
  EXPECT_EQ(params.Boolean("ongoing"), true);
  EXPECT_THAT(params.ChoiceList("impact", kWords), ElementsAre(1u, 0u));
  EXPECT_EQ(params.Choice("sort", kWords), 0u);
  EXPECT_THAT(params.ProviderIds("provider"), ElementsAre("openai", "stability-ai"));
  EXPECT_THAT(params.ServiceIds("service"), ElementsAre("openai/api"));
  EXPECT_EQ(params.Text("q"), "a b");
  EXPECT_EQ(params.Time("from"),
            absl::FromCivil(absl::CivilSecond(2024, 8, 28, 18, 16), absl::UTCTimeZone()));
  EXPECT_FALSE(params.Problem());
}

TEST(Params, AnEmptyValueIsAbsent) {
  const Query query = {{"limit", ""}, {"from", ""}, {"provider", ""}};
  Params params(query);
  EXPECT_FALSE(params.Integer("limit", 1, 200));
  EXPECT_FALSE(params.Time("from"));
  EXPECT_THAT(params.ProviderIds("provider"), IsEmpty());
  EXPECT_FALSE(params.Problem());
}

TEST(Params, CollectsAllErrorsWithFieldAndValue) {
  const auto errors =
      Errors({{"limit", "1000"}, {"from", "yesterday"}, {"colour", "red"}}, [](Params& params) {
        params.Integer("limit", 1, 200);
        params.Time("from");
      });
  ASSERT_THAT(errors, SizeIs(3));
  EXPECT_EQ(errors[0], (FieldError{"limit", "1000", "must be a whole number from 1 to 200"}));
  EXPECT_EQ(errors[1].field, "from");
  EXPECT_EQ(errors[1].value, "yesterday");
  EXPECT_EQ(errors[2], (FieldError{"colour", "red", "is not a parameter of this resource"}));
}

TEST(Params, RefusesRepetition) {
  const auto errors = Errors({{"limit", "1"}, {"limit", "2"}},
                             [](Params& params) { params.Integer("limit", 1, 200); });
  EXPECT_THAT(errors, ElementsAre(FieldError{"limit", "2", "is given more than once"}));
}

TEST(Params, RefusesWhatIsNoInteger) {
  for (const char* value :
       {"0", "201", "-1", "1.5", "1e2", " 1", "+1", "0x10", "ten", "99999999999999999999"}) {
    EXPECT_THAT(Errors({{"limit", value}}, [](Params& p) { p.Integer("limit", 1, 200); }),
                SizeIs(1))
        << value;
  }
}

TEST(Params, RefusesWhatIsNoTime) {
  for (const char* value : {"2024", "2024-13-01T00:00:00Z", "2024-01-01", "infinite-future",
                            "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "1724868960"}) {
    EXPECT_THAT(Errors({{"from", value}}, [](Params& p) { p.Time("from"); }), SizeIs(1)) << value;
  }
}

TEST(Params, RefusesBadLists) {
  for (const char* value : {",", "minor,", ",minor", "Minor", "minor,fatal", "minor major"}) {
    EXPECT_THAT(Errors({{"impact", value}}, [](Params& p) { p.ChoiceList("impact", kWords); }),
                SizeIs(1))
        << value;
  }
  for (const char* value : {"OpenAI", "openai/api", "../x", "a b"}) {
    EXPECT_THAT(Errors({{"provider", value}}, [](Params& p) { p.ProviderIds("provider"); }),
                SizeIs(1))
        << value;
  }
  for (const char* value : {"openai", "openai/", "/api", "a/b/c"}) {
    EXPECT_THAT(Errors({{"service", value}}, [](Params& p) { p.ServiceIds("service"); }), SizeIs(1))
        << value;
  }
  std::string many = "a";
  for (int i = 0; i < 100; ++i) many += ",a";
  EXPECT_THAT(Errors({{"provider", many}}, [](Params& p) { p.ProviderIds("provider"); }),
              SizeIs(1));
}

TEST(Params, QuotesLongValuesInPartOnly) {
  const auto errors =
      Errors({{"q", std::string(5000, 'x')}}, [](Params& params) { params.Text("q", 100); });
  ASSERT_THAT(errors, SizeIs(1));
  EXPECT_THAT(errors[0].value, SizeIs(200));
}

}  // namespace
}  // namespace fails::gateway::routing
