// SPDX-License-Identifier: Apache-2.0
// The template of query.h, which includes this.
#pragma once

#include <functional>
#include <utility>

#include "common/pg/query.h"

namespace fails::pg {
namespace internal {

// What libpqxx 6 binds by itself stays as it is.
template <class T>
const T& Bound(const T& value) {
  return value;
}
// libpq would silently end a text at a zero byte, which PostgreSQL cannot store:
// pqxx::argument_error.
std::string Bound(std::string_view value);
inline std::string Bound(const std::string& value) {
  return Bound(std::string_view(value));
}
inline std::string Bound(const char* value) {
  return Bound(std::string_view(value));
}
inline std::string Bound(absl::Time value) {
  return ToPg(value);
}
inline std::string Bound(const std::vector<std::string>& value) {
  return Bound(std::string_view(ToPgArray(value)));
}

// A parameter that may be NULL, which libpqxx 6 knows as a null pointer.
class Nullable {
 public:
  Nullable() = default;
  explicit Nullable(std::string text) : text_(std::move(text)) {}
  const char* c_str() const { return text_ ? text_->c_str() : nullptr; }

 private:
  std::optional<std::string> text_;
};

template <class T>
Nullable Bound(const std::optional<T>& value) {
  if (!value) return Nullable();
  return Nullable(pqxx::to_string(Bound(*value)));
}

template <class T>
const T& Passed(const T& value) {
  return value;
}
inline const char* Passed(const Nullable& value) {
  return value.c_str();
}

// Runs and measures.
pqxx::result Observe(const Query& query, const std::function<pqxx::result()>& run);

}  // namespace internal

template <class... Args>
pqxx::result Exec(pqxx::work& tx, const Query& query, const Args&... args) {
  // Called with what Bound() made, which therefore lives until the statement has run.
  const auto run = [&](const auto&... bound) {
    return internal::Observe(query, [&] {
      if (!query.prepared) return tx.exec_params(query.sql, internal::Passed(bound)...);
      tx.conn().prepare(query.name, query.sql);  // once: libpqxx remembers it
      return tx.exec_prepared(query.name, internal::Passed(bound)...);
    });
  };
  return run(internal::Bound(args)...);
}

}  // namespace fails::pg
