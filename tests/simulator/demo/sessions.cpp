// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/sessions.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "boost/json.hpp"

namespace fails::simulator {
namespace fs = std::filesystem;
namespace json = boost::json;

absl::StatusOr<std::vector<Session>> LoadSessions(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return std::vector<Session>();
  std::ifstream in(file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  try {
    std::vector<Session> sessions;
    const json::value document = json::parse(text);
    for (const json::value& value : document.at("sessions").as_array()) {
      sessions.push_back({value.at("seed").to_number<std::uint64_t>(),
                          value.at("speed").to_number<double>(),
                          absl::FromUnixMillis(value.at("from_ms").to_number<std::int64_t>()),
                          absl::FromUnixMillis(value.at("until_ms").to_number<std::int64_t>())});
    }
    return sessions;
  } catch (const std::exception& wrong) {  // Boost.JSON reports a wrong shape by several types
    return absl::DataLossError(absl::StrCat(file.string(), ": ", wrong.what()));
  }
}

absl::Status SaveSessions(const fs::path& file, const std::vector<Session>& sessions) {
  json::array list;
  for (const Session& session : sessions) {
    list.push_back({{"seed", session.seed},
                    {"speed", session.speed},
                    {"from_ms", absl::ToUnixMillis(session.from)},
                    {"until_ms", absl::ToUnixMillis(session.until)}});
  }
  const fs::path draft = file.string() + ".new";
  std::ofstream out(draft, std::ios::trunc);
  out << json::serialize(json::object{{"sessions", std::move(list)}}) << '\n';
  out.close();
  if (!out) return absl::UnavailableError(absl::StrCat(draft.string(), ": ", std::strerror(errno)));
  std::error_code error;
  fs::rename(draft, file, error);
  if (error) return absl::UnavailableError(absl::StrCat(file.string(), ": ", error.message()));
  return absl::OkStatus();
}

}  // namespace fails::simulator
