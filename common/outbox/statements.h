// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "common/pg/query.h"

namespace fails::outbox {

// The relay's SQL for one schema. For this folder only.
class Statements {
 public:
  // `schema` is quoted here.
  explicit Statements(const std::string& schema);

  pg::Query lock() const { return {"outbox_lock", lock_.c_str()}; }        // () -> taken
  pg::Query select() const { return {"outbox_select", select_.c_str()}; }  // (limit)
  pg::Query mark() const { return {"outbox_mark", mark_.c_str()}; }        // (ids)
  pg::Query count() const { return {"outbox_count", count_.c_str()}; }     // () -> unpublished rows
  pg::Query clean() const { return {"outbox_clean", clean_.c_str()}; }  // (published before, limit)
  pg::Query clean_inbox() const {
    return {"inbox_clean", clean_inbox_.c_str()};
  }  // (handled before, limit)

 private:
  std::string lock_, select_, mark_, count_, clean_, clean_inbox_;
};

}  // namespace fails::outbox
