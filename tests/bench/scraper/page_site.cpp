// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/scraper/page_site.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <stdexcept>
#include <string_view>
#include <unordered_map>

#include "common/platforms/registry.h"
#include "common/runtime/or_throw.h"
#include "common/testing/await.h"
#include "common/testing/free_port.h"

namespace fails::bench {
namespace {

constexpr std::string_view kDocument =
    R"({"page":{"id":"b","name":"Bench","updated_at":"2024-08-28T18:16:00Z"},"incidents":[],)"
    R"("scheduled_maintenances":[],"components":[{"id":"c","name":"API","status":"operational"}],)"
    R"("months":[]})";

int Check(int result, const char* what) {
  if (result < 0) throw std::runtime_error(fmt::format("{} failed with errno {}", what, errno));
  return result;
}

std::string Answer(std::string_view status, std::string_view body) {
  return fmt::format(
      "HTTP/1.1 {}\r\nDate: Wed, 28 Aug 2024 18:16:00 GMT\r\nETag: {}\r\n"
      "Cache-Control: max-age=0, private, must-revalidate\r\nContent-Type: application/json\r\n"
      "Content-Length: {}\r\nX-Request-Id: 0123456789\r\n\r\n{}",
      status, PageSite::kEtag, body.size(), body);
}

class Server {
 public:
  explicit Server(std::uint16_t port)
      : listener_(Check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket")),
        poll_(Check(epoll_create1(0), "epoll_create1")) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    const int on = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    Check(bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), "bind");
    Check(listen(listener_, SOMAXCONN), "listen");
    Watch(listener_);
  }

  [[noreturn]] void Run() {
    std::array<epoll_event, 256> events{};
    while (true) {
      const int count = epoll_wait(poll_, events.data(), events.size(), -1);
      for (int i = 0; i < count; ++i) {
        const int fd = events[static_cast<std::size_t>(i)].data.fd;
        fd == listener_ ? Accept() : Read(fd);
      }
    }
  }

 private:
  void Watch(int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    Check(epoll_ctl(poll_, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
  }

  void Accept() {
    const int fd = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
    if (fd < 0) return;  // gone again
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    Watch(fd);
  }

  void Read(int fd) {
    std::array<char, 16384> bytes{};
    const ssize_t count = read(fd, bytes.data(), bytes.size());
    if (count <= 0) return Close(fd);
    std::string& request = requests_[fd];
    request.append(bytes.data(), static_cast<std::size_t>(count));
    if (!request.ends_with("\r\n\r\n")) return;
    const std::string answer = AnswerTo(request);
    request.clear();
    // Small: fits the socket's buffer, or its reader is gone.
    if (write(fd, answer.data(), answer.size()) < static_cast<ssize_t>(answer.size())) Close(fd);
  }

  void Close(int fd) {
    requests_.erase(fd);
    close(fd);
  }

  std::string AnswerTo(std::string_view request) {
    const std::string_view path = request.substr(0, request.find("\r\n"));
    if (path.find("/not-modified ") != std::string_view::npos) {
      return Answer("200 OK", fmt::format("{}", not_modified_));
    }
    if (path.find(".json") == std::string_view::npos) return not_found_;
    if (request.find("If-None-Match: " + PageSite::kEtag) == std::string_view::npos) return whole_;
    ++not_modified_;
    return unchanged_;
  }

  const int listener_;
  const int poll_;
  const std::string whole_ = Answer("200 OK", kDocument);
  const std::string not_found_ = Answer("404 Not Found", "{}");
  // A 304 has no body, whatever length it names.
  const std::string unchanged_ = Answer("304 Not Modified", "");
  std::unordered_map<int, std::string> requests_;
  std::int64_t not_modified_ = 0;
};

}  // namespace

void ServePages(std::uint16_t port) {
  Server(port).Run();
}

PageSite::PageSite()
    : port_(testing::FreePort()),
      process_({.command = {std::filesystem::read_symlink("/proc/self/exe").string(), "--serve",
                            fmt::format("{}", port_)},
                .log = folder_.path() / "log"}) {
  const bool up = testing::Await([&] { return AskNotModified().ok(); });
  if (!up) {
    throw std::runtime_error("no page site: " + testing::ReadFile(folder_.path() / "log"));
  }
}

std::vector<scraper::WatchedPage> PageSite::Pages(int count, int hosts,
                                                  absl::Duration interval) const {
  std::vector<scraper::WatchedPage> pages;
  for (int i = 0; i < count; ++i) {
    const int host = i % hosts;
    pages.push_back(
        {.id = fmt::format("bench-{}", i),
         .provider = fmt::format("provider-{}", i),
         .url = fmt::format("http://127.1.{}.{}:{}/page-{}", host / 256, host % 256, port_, i),
         .platform = platforms::Find("statuspage"),
         .interval = interval});
  }
  return pages;
}

absl::StatusOr<http::Response> PageSite::AskNotModified() const {
  return client_->FetchAndWait({.url = fmt::format("http://127.0.0.1:{}/not-modified", port_)});
}

std::int64_t PageSite::NotModified() const {
  return std::stoll(runtime::OrThrow(AskNotModified()).body);
}

}  // namespace fails::bench
