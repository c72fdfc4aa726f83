// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/csv_line.h"

#include <csv.h>

#include <utility>

#include "common/base/utf8.h"

namespace fails::gateway {
namespace {

bool LooksLikeAFormula(std::string_view text) {
  constexpr std::string_view kStarts = "=+-@\t\r";
  return !text.empty() && kStarts.find(text.front()) != std::string_view::npos;
}

}  // namespace

CsvLine& CsvLine::Text(std::string_view text) {
  Separate();
  const std::string clean = (LooksLikeAFormula(text) ? "'" : "") + RepairUtf8(text);
  const std::size_t at = line_.size();
  const std::size_t size = csv_write(nullptr, 0, clean.data(), clean.size());
  line_.resize(at + size);
  csv_write(line_.data() + at, size, clean.data(), clean.size());
  return *this;
}

CsvLine& CsvLine::Plain(std::string_view word) {
  Separate();
  line_.append(word);
  return *this;
}

std::string CsvLine::Take() {
  line_ += "\r\n";
  begun_ = false;
  return std::exchange(line_, std::string());
}

void CsvLine::Separate() {
  if (begun_) line_ += ',';
  begun_ = true;
}

}  // namespace fails::gateway
