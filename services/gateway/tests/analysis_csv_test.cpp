// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/analysis_csv.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>

namespace fails::gateway {
namespace {

std::string Csv(const std::string& result) {
  v1::Analysis analysis;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(result, &analysis)) << result;
  std::string text = CsvOf(analysis);
  // RFC 4180 ends lines with CRLF; a test reads better without.
  std::string lines;
  for (const char c : text) {
    if (c != '\r') lines += c;
  }
  EXPECT_EQ(text.size() - lines.size(),
            static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')));
  return lines;
}

TEST(AnalysisCsv, Distribution) {
  EXPECT_EQ(Csv(R"(distribution {
                     unit: "seconds"
                     groups {
                       group: "openai/api" n: 2 censored: 1 mean: 2700.5
                       mean_ci95 { low: 1800 high: 3600 }
                       ecdf { x: 1800 x: 3600 share: 50 share: 100 }
                       thresholds { le: 1800 share: 50 }
                       bins { le: 1800 share: 50 } bins { gt: 1800 share: 50 }
                       kaplan_meier { t: 0 t: 1800 survival: 1 survival: 0.5 }
                     }
                     groups { group: "openai/chatgpt" thresholds { le: 1800 } bins { gt: 1800 } }
                   })"),
            "group,gt,le,metric,value\n"
            "\"openai/api\",,,n,2\n"
            "\"openai/api\",,,censored,1\n"
            "\"openai/api\",,,mean,2700.5\n"
            "\"openai/api\",,,mean_ci95_low,1800\n"
            "\"openai/api\",,,mean_ci95_high,3600\n"
            "\"openai/api\",,\"1800\",threshold_share,50\n"
            "\"openai/api\",,\"1800\",bin_share,50\n"
            "\"openai/api\",\"1800\",,bin_share,50\n"
            "\"openai/api\",,\"1800\",ecdf_share,50\n"
            "\"openai/api\",,\"3600\",ecdf_share,100\n"
            "\"openai/api\",\"0\",,survival,1\n"
            "\"openai/api\",\"1800\",,survival,0.5\n"
            "\"openai/chatgpt\",,,n,0\n");
}

TEST(AnalysisCsv, Histogram) {
  EXPECT_EQ(Csv(R"(histogram {
                     bins { string_value: "Monday" } bins { number_value: 13 }
                     groups {
                       provider: "openai"
                       services { service: "openai/api" counts: 3 counts: 0 }
                       distinct: 4 distinct: 1
                       chi_square { statistic: 1.8 df: 1 p_value: 0.17971249487899976 }
                     }
                   })"),
            "provider,service,bin,metric,value\n"
            "\"openai\",\"openai/api\",\"Monday\",incidents,3\n"
            "\"openai\",\"openai/api\",\"13\",incidents,0\n"
            "\"openai\",,\"Monday\",distinct_incidents,4\n"
            "\"openai\",,\"13\",distinct_incidents,1\n"
            "\"openai\",,,chi_square_statistic,1.8\n"
            "\"openai\",,,chi_square_df,1\n"
            "\"openai\",,,chi_square_p_value,0.17971249487899976\n");
}

TEST(AnalysisCsv, BoxplotStagesAndCombinations) {
  EXPECT_EQ(Csv(R"(boxplot { groups { group: "a/b" n: 3 q1: 1 median: 2 q3: 3 whisker_low: -1
                                      whisker_high: 4 outliers: -90 outliers: 99 } })"),
            "group,metric,value\n"
            "\"a/b\",n,3\n\"a/b\",q1,1\n\"a/b\",median,2\n\"a/b\",q3,3\n\"a/b\",whisker_low,-1\n"
            "\"a/b\",whisker_high,4\n\"a/b\",outlier,-90\n\"a/b\",outlier,99\n");
  EXPECT_EQ(Csv(R"(stages { groups { group: "a/b" stages { stage: "repair" n: 1 mean: 60 } } })"),
            "group,stage,metric,value\n\"a/b\",\"repair\",n,1\n\"a/b\",\"repair\",mean,60\n");
  EXPECT_EQ(Csv(R"(combinations { groups { group: "all" n: 4
                     combinations { stages: "S1_S4" count: 4 share: 100 } } })"),
            "group,stages,metric,value\n\"all\",,n,4\n"
            "\"all\",\"S1_S4\",count,4\n\"all\",\"S1_S4\",share,100\n");
}

TEST(AnalysisCsv, SeriesLeaveOutWhatDoesNotExist) {
  EXPECT_EQ(Csv(R"(availability { dates: "2024-01-01" dates: "2024-01-02"
                     groups { group: "a/b" days: 1 availability: nan availability: 99.5
                              share_99_9: 0 } })"),
            "group,date,metric,value\n\"a/b\",,days,1\n\"a/b\",,share_99_9,0\n"
            "\"a/b\",\"2024-01-02\",availability,99.5\n");
  EXPECT_EQ(Csv(R"(matrix { services: "a/b" services: "a/c"
                     rows { service: "a/b" values: 2 values: nan } })"),
            "row,column,metric,value\n\"a/b\",\"a/b\",value,2\n");
  EXPECT_EQ(Csv(R"(timeline { months: "2024-01" groups { group: "a/b" incidents: 2
                     outage_days: nan } })"),
            "group,month,metric,value\n\"a/b\",\"2024-01\",incidents,2\n");
  EXPECT_EQ(Csv(R"(correlation { groups { provider: "a" series { period: "week" length: 9
                     lags: 1 acf: -0.5 band95: 0.65 } } })"),
            "provider,period,lag,metric,value\n\"a\",\"week\",,length,9\n"
            "\"a\",\"week\",\"1\",acf,-0.5\n\"a\",\"week\",\"1\",band95,0.65\n");
}

TEST(AnalysisCsv, SetsImpactsAndBeyondTheStudy) {
  EXPECT_EQ(Csv(R"(service_sets { groups { provider: "a" n: 3
                     combinations { services: "a/b" services: "a/c" count: 2 share: 66.5 }
                     combinations { count: 1 }
                     impact_range { services: 2 count: 2 share: 100 } } })"),
            "provider,services,number_of_services,metric,value\n\"a\",,,n,3\n"
            "\"a\",\"a/b;a/c\",\"2\",count,2\n\"a\",\"a/b;a/c\",\"2\",share,66.5\n"
            "\"a\",\"none named\",\"0\",count,1\n"
            "\"a\",,\"2\",range_count,2\n\"a\",,\"2\",range_share,100\n");
  EXPECT_EQ(Csv(R"(impact { groups { provider: "a" n: 2 maintenance: 1 mean: 1.5
                     levels { impact: "minor" count: 1 share: 50 } } })"),
            "provider,impact,metric,value\n\"a\",,n,2\n\"a\",,maintenance,1\n\"a\",,mean,1.5\n"
            "\"a\",\"minor\",count,1\n\"a\",\"minor\",share,50\n");
  EXPECT_EQ(Csv(R"(summary { slo: 99.9 groups { group: "a" is_provider: true incidents: 2
                     mttr { value: 60 n: 2 }
                     availability { days: 7 availability: 100 } } })"),
            "group,kind,days,metric,value\n\"a\",\"provider\",,incidents,2\n"
            "\"a\",\"provider\",,ongoing,0\n\"a\",\"provider\",,mttr_value,60\n"
            "\"a\",\"provider\",,mttr_n,2\n\"a\",\"provider\",\"7\",window_days,7\n"
            "\"a\",\"provider\",\"7\",window_availability,100\n"
            "\"a\",\"provider\",\"7\",window_downtime_seconds,0\n"
            "\"a\",\"provider\",\"7\",window_incidents,0\n");
  EXPECT_EQ(Csv(R"(trend { periods: "2024-01" groups { group: "a" incidents: 5 median_ttr: nan
                     change_points { series: "incidents" period: "2024-01" before: 1 after: 5
                                     p_value: 0.01 } } })"),
            "group,series,period,metric,value\n\"a\",\"incidents\",\"2024-01\",value,5\n"
            "\"a\",\"incidents\",\"2024-01\",change_point_before,1\n"
            "\"a\",\"incidents\",\"2024-01\",change_point_after,5\n"
            "\"a\",\"incidents\",\"2024-01\",change_point_p_value,0.01\n");
  EXPECT_THAT(Csv(R"(quality { groups { provider: "a" incidents: 7 } })"),
              ::testing::StartsWith("provider,metric,value\n\"a\",incidents,7\n"));
}

TEST(AnalysisCsv, NamesAreNoFormulas) {
  v1::Analysis analysis;
  for (const char* name : {"=HYPERLINK(\"http://x\")", "@a", "-b", "+c"}) {
    analysis.mutable_boxplot()->add_groups()->set_group(name);
  }
  EXPECT_EQ(CsvOf(analysis),
            "group,metric,value\r\n\"'=HYPERLINK(\"\"http://x\"\")\",n,0\r\n\"'@a\",n,0\r\n"
            "\"'-b\",n,0\r\n\"'+c\",n,0\r\n");
}

TEST(AnalysisCsv, EveryShapeHasATable) {
  const auto* oneof = v1::Analysis::descriptor()->FindOneofByName("result");
  for (int i = 0; i < oneof->field_count(); ++i) {
    v1::Analysis analysis;
    analysis.GetReflection()->MutableMessage(&analysis, oneof->field(i));
    EXPECT_GT(CsvOf(analysis).size(), std::string("metric,value\r\n").size())
        << oneof->field(i)->name();
  }
}

}  // namespace
}  // namespace fails::gateway
