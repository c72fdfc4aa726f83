// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pqxx/pqxx>

#include "common/pg/query.h"

namespace fails::analytics {

// Makes every statement of the transaction see the same moment, so that rows, totals and versions
// agree. First thing in the transaction.
inline void BeginRead(pqxx::work& tx) {
  static constexpr pg::Query kBegin = {"begin_read",
                                       "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"};
  pg::Exec(tx, kBegin);
}

}  // namespace fails::analytics
