// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

namespace fails::testing {

// A PostgreSQL cluster of this test program's own (started at first use, stopped at exit), roles
// and migrations applied to a template once. Throws when it does not come up, saying what the
// server wrote.
class PrivatePostgres {
 public:
  static PrivatePostgres& Get();

  // A fresh copy of the migrated database, dropped with the object.
  class Database {
   public:
    ~Database();
    Database(Database&&) noexcept;
    std::string owner_url() const;       // superuser
    std::string normalizer_url() const;  // role fails_normalizer
    std::string reader_url() const;      // role fails_reader

   private:
    friend class PrivatePostgres;
    explicit Database(std::string name, PrivatePostgres* server);
    std::string name_;
    PrivatePostgres* server_;
  };
  Database NewDatabase();

  void Kill();   // kill -9 of the whole server
  void Start();  // again

  ~PrivatePostgres();

 private:
  PrivatePostgres();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fails::testing
