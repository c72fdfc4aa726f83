// SPDX-License-Identifier: Apache-2.0
#include "common/http/tests/raw_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace fails::http {

struct RawServer::Impl {
  Handler handler;
  int listener = -1;
  int port = 0;
  std::vector<std::thread> connections;  // the acceptor's own
  std::thread acceptor;

  void Accept() {
    for (;;) {
      const int connection = accept(listener, nullptr, nullptr);
      if (connection < 0) break;  // shut down
      connections.emplace_back([this, connection] { Serve(connection); });
    }
    for (std::thread& thread : connections) thread.join();
  }

  void Serve(int connection) const {
    std::string head;
    char buffer[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
      const ssize_t size = read(connection, buffer, sizeof buffer);
      if (size <= 0) break;
      head.append(buffer, static_cast<std::size_t>(size));
      if (head[0] == '\x16') break;  // a TLS handshake has no blank line
    }
    const std::string answer = handler(head);
    std::size_t sent = 0;
    while (sent < answer.size()) {
      const ssize_t size =
          send(connection, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) break;  // the client has had enough
      sent += static_cast<std::size_t>(size);
    }
    close(connection);
  }
};

RawServer::RawServer(Handler handler) : impl_(std::make_unique<Impl>()) {
  impl_->handler = std::move(handler);
  impl_->listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(impl_->listener, generic, size) != 0 || listen(impl_->listener, SOMAXCONN) != 0 ||
      getsockname(impl_->listener, generic, &size) != 0) {
    throw std::runtime_error("no port for a test server");
  }
  impl_->port = ntohs(address.sin_port);
  impl_->acceptor = std::thread([impl = impl_.get()] { impl->Accept(); });
}

RawServer::~RawServer() {
  shutdown(impl_->listener, SHUT_RDWR);
  impl_->acceptor.join();
  close(impl_->listener);
}

std::string RawServer::Url(const std::string& path, int host) const {
  return fmt::format("http://127.0.0.{}:{}{}", host, impl_->port, path);
}

}  // namespace fails::http
