// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fails::analytics {

// The seconds begin … end - 1. Empty unless begin < end.
struct Span {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  friend auto operator<=>(const Span&, const Span&) = default;
};

// The same seconds as disjoint spans in ascending order, with a gap between any two.
std::vector<Span> UnionOf(std::vector<Span> spans);

// How many seconds of [begin, end) lie in the spans, which are disjoint and ascending.
std::int64_t SecondsWithin(std::span<const Span> disjoint, std::int64_t begin, std::int64_t end);

}  // namespace fails::analytics
