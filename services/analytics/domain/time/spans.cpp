// SPDX-License-Identifier: Apache-2.0
#include "services/analytics/domain/time/spans.h"

#include <algorithm>
#include <boost/sort/spreadsort/integer_sort.hpp>

namespace fails::analytics {

std::vector<Span> UnionOf(std::vector<Span> spans) {
  std::erase_if(spans, [](const Span& span) { return span.begin >= span.end; });
  // By digits: a million incidents in some milliseconds.
  boost::sort::spreadsort::integer_sort(
      spans.begin(), spans.end(),
      [](const Span& span, unsigned offset) { return span.begin >> offset; },
      [](const Span& a, const Span& b) { return a.begin < b.begin; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (kept > 0 && spans[i].begin <= spans[kept - 1].end) {
      spans[kept - 1].end = std::max(spans[kept - 1].end, spans[i].end);
    } else {
      spans[kept++] = spans[i];
    }
  }
  spans.resize(kept);
  return spans;
}

std::int64_t SecondsWithin(std::span<const Span> disjoint, std::int64_t begin, std::int64_t end) {
  std::int64_t seconds = 0;
  for (const Span& span : disjoint) {
    const std::int64_t from = std::max(span.begin, begin);
    const std::int64_t to = std::min(span.end, end);
    if (from < to) seconds += to - from;
  }
  return seconds;
}

}  // namespace fails::analytics
