// SPDX-License-Identifier: Apache-2.0
#include "common/base/hash.h"

#include <openssl/sha.h>

#include "absl/strings/escaping.h"
#include "common/base/text.h"

namespace fails {

std::string Sha256(std::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string ToHex(std::string_view bytes) {
  return absl::BytesToHexString(Absl(bytes));
}

}  // namespace fails
