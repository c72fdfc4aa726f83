// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/app/answer_cache.h"

#include "common/obs/metrics.h"

namespace fails::analytics {

AnswerCache::AnswerCache(std::size_t max_bytes)
    : FlightCache({.max_bytes = max_bytes,
                   .bytes_of = [](const v1::Analysis& answer) { return answer.SpaceUsedLong(); },
                   .count =
                       [](const char* from) {
                         obs::GetCounter(
                             "fails_analytics_answers_total",
                             "Analyses answered: from the cache, computed, or joined to a "
                             "running computation.",
                             {{"from", from}})
                             .Increment();
                       }}) {}

SelectionCache::SelectionCache(std::size_t max_bytes)
    : FlightCache(
          {.max_bytes = max_bytes,
           .bytes_of =
               [](const Selection& selection) {
                 return sizeof(Selection) + selection.rows.capacity() * sizeof(Snapshot::Row);
               },
           .count =
               [](const char* from) {
                 obs::GetCounter("fails_analytics_selections_total",
                                 "Incidents selected for a query: from the cache, computed, or "
                                 "joined to a running computation.",
                                 {{"from", from}})
                     .Increment();
               }}) {}

}  // namespace fails::analytics
