// SPDX-License-Identifier: Apache-2.0
#include "common/testing/free_port.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace fails::testing {
namespace {

class Socket {
 public:
  Socket() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() { close(fd_); }
  int fd() const { return fd_; }

 private:
  int fd_;
};

sockaddr_in Loopback(std::uint16_t port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

}  // namespace

std::uint16_t FreePort() {
  const Socket socket;
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  if (bind(socket.fd(), raw, size) != 0 || getsockname(socket.fd(), raw, &size) != 0) {
    throw std::runtime_error(fmt::format("no free port: {}", std::strerror(errno)));
  }
  return ntohs(address.sin_port);
}

bool Greets(std::uint16_t port) {
  const Socket socket;
  const timeval patience = {.tv_sec = 1, .tv_usec = 0};
  setsockopt(socket.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const sockaddr_in address = Loopback(port);
  if (connect(socket.fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return false;
  }
  char first = 0;
  return recv(socket.fd(), &first, 1, 0) == 1;
}

}  // namespace fails::testing
