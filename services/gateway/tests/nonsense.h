// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace fails::gateway {

// What a client does on one connection.
struct Nonsense {
  enum class End {
    kSayDone,   // shut down the sending side: nothing more comes
    kWait,      // leave the connection half open
    kWalkAway,  // close without listening
  };
  std::string bytes;
  End end = End::kSayDone;
  bool to_head = false;  // the answer has no body
};

// Invents requests of which none deserves anything but an error. Equal seeds invent the same.
class NonsenseSource {
 public:
  explicit NonsenseSource(std::uint32_t seed) : random_(seed) {}
  Nonsense Next();

 private:
  std::string Request(const std::string& method, const std::string& target,
                      const std::string& fields = {}, const std::string& body = {});
  std::string UnknownPath();
  std::string BrokenTarget();
  std::string WrongMethod();
  std::string BadParameters();
  std::string UnknownThing();
  std::string MalformedLine();
  std::string BadFields();
  std::string TooLarge();
  std::string BadBody();
  std::string Mutated(std::string bytes);

  unsigned Below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  template <std::size_t N>
  const char* OneOf(const char* const (&words)[N]) {
    return words[Below(N)];
  }
  std::string Bytes(unsigned most);                       // any
  std::string Word(unsigned most, const char* alphabet);  // at least one

  std::mt19937 random_;
};

}  // namespace fails::gateway
