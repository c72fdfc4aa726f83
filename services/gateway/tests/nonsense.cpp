// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/tests/nonsense.h"

#include <fmt/format.h>

#include <string_view>

namespace fails::gateway {
namespace {

constexpr char kLetters[] = "abcdefghijklmnopqrstuvwxyz";
constexpr char kTokens[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'*+-.^_`|~0123456789";
constexpr char kVisible[] =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/"
    "?%<>[]{}|\\^\"";

constexpr const char* kRoutes[] = {
    "/api/v1/providers",
    "/api/v1/services",
    "/api/v1/pages",
    "/api/v1/incidents",
    "/api/v1/analyses",
    "/api/v1/analyses/ttr-distribution",
    "/api/v1/analyses/ttr-distribution.csv",
    "/api/v1/analyses/ttr-distribution/incidents",
    "/api/v1/incidents/openai%2F8kb29fwgbp25",
    "/api/v1/events",
    "/api/v1/openapi.yaml",
};

}  // namespace

std::string NonsenseSource::Bytes(unsigned most) {
  std::string bytes(Below(most) + 1, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_());
  return bytes;
}

std::string NonsenseSource::Word(unsigned most, const char* alphabet) {
  const std::string_view letters(alphabet);
  std::string word(Below(most) + 1, '\0');
  for (char& c : word) c = letters[Below(static_cast<unsigned>(letters.size()))];
  return word;
}

std::string NonsenseSource::Request(const std::string& method, const std::string& target,
                                    const std::string& fields, const std::string& body) {
  const std::string length =
      body.empty() ? std::string() : fmt::format("Content-Length: {}\r\n", body.size());
  return fmt::format("{} {} HTTP/1.1\r\nHost: nonsense\r\n{}{}\r\n{}", method, target, fields,
                     length, body);
}

std::string NonsenseSource::UnknownPath() {
  static constexpr const char* kStarts[] = {
      "/api/",       "/api/v2/", "/api/v1/x",           "/", "/api/v1/pages/", "/../",
      "/api/v1/../", "//",       "/api/v1/incidents/a/"};
  return Request("GET", std::string(OneOf(kStarts)) + "zz" + Word(40, kLetters),
                 fmt::format("X-{}: {}\r\n", Word(20, kLetters), Word(200, kVisible)));
}

std::string NonsenseSource::BrokenTarget() {
  static constexpr const char* kBroken[] = {"%",         "%2",  "%zz",    "%00",
                                            "%0d%0a",    "%ff", "%c3%28", "#",
                                            "%ed%a0%80", "%7f", "\x80",   "%f8%88%80%80%80"};
  const bool in_query = Below(2) == 0;
  return Request("GET",
                 fmt::format("{}{}{}", OneOf(kRoutes), in_query ? "?q=" : "/", OneOf(kBroken)));
}

std::string NonsenseSource::WrongMethod() {
  static constexpr const char* kMethods[] = {"POST",    "PUT",      "DELETE", "PATCH", "TRACE",
                                             "CONNECT", "PROPFIND", "get",    "GETS",  "SUBSCRIBE"};
  const std::string method = Below(3) == 0 ? "X" + Word(30, kTokens) : std::string(OneOf(kMethods));
  return Request(method, OneOf(kRoutes), {}, Below(2) == 0 ? Bytes(2000) : std::string());
}

std::string NonsenseSource::BadParameters() {
  static constexpr const char* kParameters[] = {"limit=0",
                                                "limit=201",
                                                "limit=1e3",
                                                "limit=99999999999999999999",
                                                "from=yesterday",
                                                "to=2024-13-01",
                                                "impact=fatal",
                                                "status=,",
                                                "provider=..%2F",
                                                "service=openai",
                                                "sort=title",
                                                "ongoing=maybe",
                                                "include=all",
                                                "cursor=a&cursor=b",
                                                "type=closed",
                                                "last_event_id=-1",
                                                "last_event_id=x",
                                                "%27%20OR%201=1",
                                                "=",
                                                "q=a&q=b"};
  // Every route refuses at least one of these: the parameter that no route has.
  return Request("GET", fmt::format("{}?zz{}={}&{}", OneOf(kRoutes), Word(10, kLetters),
                                    Word(100, kLetters), OneOf(kParameters)));
}

std::string NonsenseSource::UnknownThing() {
  static constexpr const char* kResources[] = {"incidents", "analyses"};
  static constexpr const char* kParts[] = {"%2F", "%2e%2e",       "%C3%A4",       "'",         "--",
                                           "%22", "%3Cscript%3E", "%F0%9F%94%A5", "%EF%BF%BD", ";"};
  std::string id = "zz";
  for (unsigned i = Below(30); i > 0; --i) id += OneOf(kParts);
  return Request("GET", fmt::format("/api/v1/{}/{}", OneOf(kResources), id),
                 "Connection: close\r\n");
}

std::string NonsenseSource::MalformedLine() {
  static constexpr const char* kLines[] = {"GET",
                                           "GET /",
                                           "GET  / HTTP/1.1",
                                           "GET / HTTP/1.1 x",
                                           "/ GET HTTP/1.1",
                                           "GET / HTTP/3.0",
                                           "GET / http/1.1",
                                           "GET / HTTP/1.",
                                           "HTTP/1.1 200 OK",
                                           "PRI * HTTP/2.0",
                                           " GET / HTTP/1.1",
                                           "GET\t/\tHTTP/1.1",
                                           "GET / FTP/1.1",
                                           "\r\n\r\n"};
  const std::string line = Below(2) == 0 ? OneOf(kLines) : Word(300, kVisible);
  return line + "\r\nHost: nonsense\r\n\r\n";
}

std::string NonsenseSource::BadFields() {
  static constexpr const char* kFields[] = {"Host: again\r\n",
                                            "no colon\r\n",
                                            ": no name\r\n",
                                            "Bad Name: x\r\n",
                                            "Content-Length: x\r\n",
                                            "Content-Length: 1, 2\r\n",
                                            "Content-Length: 99999999999999999999\r\n",
                                            "Transfer-Encoding: gzip\r\n",
                                            "Transfer-Encoding: chunked, chunked\r\n",
                                            "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                                            "X: a\x01\r\n",
                                            "X: a\x7f\r\n",
                                            "Expect: miracles\r\n",
                                            "Content-Length: -5\r\n",
                                            "Transfer-Encoding: \r\n",
                                            "X\x01: a\r\n",
                                            "Connection: \x02\r\n"};
  return Request("GET", std::string("/zz") + Word(10, kLetters), OneOf(kFields));
}

std::string NonsenseSource::TooLarge() {
  switch (Below(5)) {
    case 0:
      return Request("GET", "/" + std::string(9'000 + Below(50'000), 'a'));
    case 1:
      return Request("GET", "/zz",
                     fmt::format("X: {}\r\n", std::string(8'200 + Below(9'000), 'a')));
    case 2:
      return Request("POST", "/zz",
                     fmt::format("Content-Length: {}\r\n", 1'048'577 + Below(1 << 30)));
    case 3:
      return Request("POST", "/zz", "Transfer-Encoding: chunked\r\n") + "ffffffff\r\n" +
             std::string(Below(100'000), 'a');
    default: {
      std::string many;
      for (unsigned i = 101 + Below(500); i > 0; --i) many += fmt::format("X-{}: a\r\n", i);
      return Request("GET", "/zz", many);
    }
  }
}

std::string NonsenseSource::BadBody() {
  switch (Below(4)) {
    case 0:  // a body where none belongs
      return Request("GET", OneOf(kRoutes), {}, Bytes(5000));
    case 3:  // not what it says it is
      return Request("POST", "/api/v1/analyses:run", "Content-Type: application/json\r\n",
                     "{z" + Bytes(5000));
    case 1:  // shorter than promised
      return Request("POST", "/zz", fmt::format("Content-Length: {}\r\n", 5001 + Below(1000))) +
             Bytes(5000);
    default:  // chunks that are none
      return Request("POST", "/zz", "Transfer-Encoding: chunked\r\n") + "zz" + Bytes(500);
  }
}

std::string NonsenseSource::Mutated(std::string bytes) {
  for (unsigned i = Below(8) + 1; i > 0; --i) {
    const unsigned at = Below(static_cast<unsigned>(bytes.size()));
    switch (Below(3)) {
      case 0:
        bytes[at] = static_cast<char>(random_());
        break;
      case 1:
        bytes.insert(at, Bytes(4));
        break;
      default:
        if (bytes.size() > 1) bytes.erase(at, 1);
    }
  }
  return bytes;
}

Nonsense NonsenseSource::Next() {
  using Make = std::string (NonsenseSource::*)();
  static constexpr Make kKinds[] = {&NonsenseSource::UnknownPath,   &NonsenseSource::BrokenTarget,
                                    &NonsenseSource::WrongMethod,   &NonsenseSource::BadParameters,
                                    &NonsenseSource::MalformedLine, &NonsenseSource::BadFields,
                                    &NonsenseSource::TooLarge,      &NonsenseSource::BadBody};
  Nonsense nonsense;
  switch (Below(16)) {
    case 0:
      nonsense.bytes = Bytes(3000);
      break;
    case 1:
      nonsense.bytes = Mutated(UnknownPath());
      break;
    case 2: {
      const std::string whole = (this->*kKinds[Below(std::size(kKinds))])();
      nonsense.bytes = whole.substr(0, Below(static_cast<unsigned>(whole.size()) - 1) + 1);
      if (Below(4) != 0) nonsense.end = Nonsense::End::kWalkAway;
      break;
    }
    case 3:
      nonsense.to_head = true;
      nonsense.bytes = Request("HEAD", "/zz" + Word(30, kLetters));
      break;
    case 4:
    case 5:
      // Goes on to analytics. Who stops sending during such a call counts as gone (as with nginx
      // and Go).
      nonsense = {.bytes = UnknownThing(), .end = Nonsense::End::kWait, .to_head = false};
      break;
    default:
      nonsense.bytes = (this->*kKinds[Below(std::size(kKinds))])();
  }
  // Rarely, since each of these waits for the server's patience to end.
  if (Below(500) == 0) {
    nonsense = {.bytes = "GET /zz HTTP/1.1\r\nHos", .end = Nonsense::End::kWait, .to_head = false};
  }
  return nonsense;
}

}  // namespace fails::gateway
