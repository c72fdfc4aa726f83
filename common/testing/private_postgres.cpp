// SPDX-License-Identifier: Apache-2.0
#include "common/testing/private_postgres.h"

#include <fmt/format.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <optional>
#include <pqxx/pqxx>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "absl/time/clock.h"
#include "common/testing/await.h"
#include "common/testing/child_process.h"
#include "common/testing/temp_dir.h"

namespace fails::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kTemplate[] = "fails_template";

// The newest of the installed ones; Debian keeps them out of PATH.
std::vector<fs::path> ServerFolders() {
  std::vector<fs::path> folders;
  std::error_code none;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    folders.push_back(version.path() / "bin");
  }
  std::ranges::sort(folders, [](const fs::path& a, const fs::path& b) {
    const auto number = [](const fs::path& p) {
      return std::atoi(p.parent_path().filename().c_str());
    };
    return number(a) > number(b);
  });
  return folders;
}

fs::path Dbmate() {
  if (const char* path = std::getenv("FAILS_DBMATE"); path != nullptr && *path != '\0') return path;
  const fs::path installed =
      FAILS_SOURCE_DIR "/deploy/postgres/node_modules/@dbmate/linux-x64/bin/dbmate";
  if (fs::exists(installed)) return installed;
  throw std::runtime_error(
      "dbmate is needed for the migrations: set FAILS_DBMATE or run npm ci in deploy/postgres");
}

// Children of the postmaster live on for a moment after it was killed.
std::vector<pid_t> ChildrenOf(pid_t pid) {
  std::vector<pid_t> children;
  std::istringstream list(ReadFile(fmt::format("/proc/{0}/task/{0}/children", pid)));
  for (pid_t child; list >> child;) children.push_back(child);
  return children;
}

bool Gone(pid_t pid) {
  const std::string stat = ReadFile(fmt::format("/proc/{}/stat", pid));
  const std::size_t state = stat.rfind(')');
  return state == std::string::npos || stat.compare(state, 3, ") Z") == 0;
}

}  // namespace

struct PrivatePostgres::Impl {
  void Initialise();
  void Launch();
  void MakeTemplate();
  std::string Url(const std::string& user, const std::string& database) const;
  std::string MigrationUrl() const;
  void Execute(const std::string& database, const std::string& sql) const;
  fs::path log() const { return folder.path() / "log"; }

  TempDir folder{"fails-pg-"};
  std::optional<std::string> user;
  std::unique_ptr<ChildProcess> process;
  std::atomic<int> next_database = 1;
};

std::string PrivatePostgres::Impl::Url(const std::string& role, const std::string& database) const {
  return fmt::format("postgresql://{}@/{}?host={}", role, database, folder.path().string());
}

std::string PrivatePostgres::Impl::MigrationUrl() const {
  return fmt::format("postgres://fails_owner@/{}?socket={}&sslmode=disable", kTemplate,
                     folder.path().string());
}

void PrivatePostgres::Impl::Execute(const std::string& database, const std::string& sql) const {
  pqxx::connection connection(Url("postgres", database));
  pqxx::nontransaction(connection).exec(sql);
}

void PrivatePostgres::Impl::Initialise() {
  if (geteuid() == 0) {  // the server refuses root
    user = "postgres";
    const passwd* entry = getpwnam(user->c_str());
    if (entry == nullptr || chown(folder.path().c_str(), entry->pw_uid, entry->pw_gid) != 0) {
      throw std::runtime_error("as root, PostgreSQL is run by user postgres, who is not there");
    }
  }
  RunToEnd({.command = {FindProgram("initdb", ServerFolders()).string(), "-D",
                        (folder.path() / "data").string(), "-U", "postgres", "--auth=trust",
                        "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"},
            .user = user,
            .directory = folder.path(),
            .log = log()});
}

void PrivatePostgres::Impl::Launch() {
  process = std::make_unique<ChildProcess>(ChildProcess::Spec{
      .command = {FindProgram("postgres", ServerFolders()).string(), "-D",
                  (folder.path() / "data").string(), "-k", folder.path().string(), "-c",
                  "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=100"},
      .user = user,
      .directory = folder.path(),
      .log = log()});
  const auto answers = [this] {
    try {
      Execute("postgres", "SELECT 1");
      return true;
    } catch (const pqxx::failure&) {
      return false;
    }
  };
  Await([&] { return !process->Running() || answers(); }, absl::Minutes(1));
  if (!process->Running() || !answers()) {
    throw std::runtime_error("PostgreSQL does not start:\n" + ReadFile(log()));
  }
}

void PrivatePostgres::Impl::MakeTemplate() {
  Execute("postgres", ReadFile(FAILS_SOURCE_DIR "/deploy/postgres/roles.sql"));
  Execute("postgres", fmt::format("CREATE DATABASE {} OWNER fails_owner", kTemplate));
  RunToEnd({.command = {Dbmate().string(), "--no-dump-schema", "--migrations-dir",
                        FAILS_SOURCE_DIR "/services/normalizer/migrations", "--migrations-table",
                        "incidents_migrations", "--url", MigrationUrl(), "up"},
            .directory = folder.path(),
            .log = folder.path() / "dbmate.log"});
}

PrivatePostgres::PrivatePostgres() : impl_(std::make_unique<Impl>()) {
  impl_->Initialise();
  impl_->Launch();
  impl_->MakeTemplate();
}

// Not killed: the server would leave a shared memory segment behind.
PrivatePostgres::~PrivatePostgres() {
  impl_->process->Signal(SIGQUIT);
  impl_->process->Wait();
}

PrivatePostgres& PrivatePostgres::Get() {
  static PrivatePostgres server;
  return server;
}

void PrivatePostgres::Kill() {
  ChildProcess& process = *impl_->process;
  if (!process.Running()) return;
  process.Signal(SIGSTOP);  // makes no more of them
  const std::vector<pid_t> children = ChildrenOf(process.pid());
  process.Signal(SIGKILL);
  process.Wait();
  for (const pid_t child : children) kill(child, SIGKILL);
  if (!Await([&] { return std::ranges::all_of(children, Gone); })) {
    throw std::runtime_error("processes of PostgreSQL survived their end");
  }
}

void PrivatePostgres::Start() {
  if (!impl_->process->Running()) impl_->Launch();
}

PrivatePostgres::Database PrivatePostgres::NewDatabase() {
  std::string name = fmt::format("test_{}", impl_->next_database++);
  impl_->Execute("postgres",
                 fmt::format("CREATE DATABASE {} TEMPLATE {} OWNER fails_owner", name, kTemplate));
  return Database(std::move(name), this);
}

PrivatePostgres::Database::Database(std::string name, PrivatePostgres* server)
    : name_(std::move(name)), server_(server) {}

PrivatePostgres::Database::Database(Database&& other) noexcept
    : name_(std::move(other.name_)), server_(std::exchange(other.server_, nullptr)) {}

PrivatePostgres::Database::~Database() {
  if (server_ == nullptr || !server_->impl_->process->Running()) return;
  try {
    server_->impl_->Execute("postgres", fmt::format("DROP DATABASE {} WITH (FORCE)", name_));
  } catch (const pqxx::failure& e) {
    fmt::print(stderr, "{}: {}\n", name_, e.what());  // it ends with the server anyway
  }
}

std::string PrivatePostgres::Database::owner_url() const {
  return server_->impl_->Url("postgres", name_);
}

std::string PrivatePostgres::Database::normalizer_url() const {
  return server_->impl_->Url("fails_normalizer", name_);
}

std::string PrivatePostgres::Database::reader_url() const {
  return server_->impl_->Url("fails_reader", name_);
}

}  // namespace fails::testing
