// SPDX-License-Identifier: Apache-2.0
#include "tools/admin/commands.h"

#include <fmt/format.h>

#include <functional>

#include "common/base/status_macros.h"
#include "common/base/time.h"
#include "common/rpc/client.h"
#include "common/rpc/status.h"
#include "common/wire/time_proto.h"

namespace fails::admin {
namespace {

constexpr absl::Duration kTimeout = absl::Minutes(2);
constexpr int kPage = 200;

std::string Line(const v1::DeadLetter& letter) {
  return fmt::format("{}  {}  {}  {}  {}\n", letter.sequence(),
                     ToRfc3339(TruncateToSeconds(wire::FromProto(letter.at()))),
                     letter.page().empty() ? "-" : Printable(letter.page()),
                     Printable(letter.subject()), Printable(letter.reason()));
}

// All of them, in portions. Those that leave the list meanwhile disturb nothing.
absl::Status ForEachDeadLetter(Normalizer& normalizer,
                               const std::function<void(const v1::DeadLetter&)>& take) {
  v1::ListDeadLettersRequest request;
  request.set_limit(kPage);
  while (true) {
    grpc::ClientContext context;
    rpc::Prepare(context, kTimeout);
    v1::ListDeadLettersResponse response;
    FAILS_RETURN_IF_ERROR(rpc::FromGrpc(normalizer.ListDeadLetters(&context, request, &response)));
    for (const v1::DeadLetter& letter : response.dead_letters()) take(letter);
    if (response.dead_letters_size() < kPage) return absl::OkStatus();
    request.set_after_sequence(response.dead_letters(kPage - 1).sequence());
  }
}

}  // namespace

std::string Printable(std::string_view text, bool lines) {
  std::string shown;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool control = byte < 0x20 || byte == 0x7F;
    shown += control && !(lines && (c == '\n' || c == '\t')) ? ' ' : c;
  }
  return shown;
}

absl::Status Replay(Normalizer& normalizer, const v1::ReplayRequest& request, std::ostream& out,
                    std::ostream& errors) {
  grpc::ClientContext context;
  const auto reader = normalizer.Replay(&context, request);
  v1::ReplayResponse state;
  while (reader->Read(&state)) {
    errors << fmt::format("{} of {} documents read, {} incidents changed\n", state.documents_read(),
                          state.documents_total(), state.incidents_changed());
  }
  FAILS_RETURN_IF_ERROR(rpc::FromGrpc(reader->Finish()));
  out << fmt::format("replayed {} documents: {} incidents changed\n", state.documents_read(),
                     state.incidents_changed());
  return absl::OkStatus();
}

absl::Status ListDeadLetters(Normalizer& normalizer, std::ostream& out) {
  int count = 0;
  FAILS_RETURN_IF_ERROR(ForEachDeadLetter(normalizer, [&](const v1::DeadLetter& letter) {
    ++count;
    out << Line(letter);
  }));
  if (count == 0) out << "none\n";
  return absl::OkStatus();
}

absl::Status ShowDeadLetter(Normalizer& normalizer, std::uint64_t sequence, std::ostream& out) {
  grpc::ClientContext context;
  rpc::Prepare(context, kTimeout);
  v1::GetDeadLetterRequest request;
  request.set_sequence(sequence);
  v1::GetDeadLetterResponse response;
  FAILS_RETURN_IF_ERROR(rpc::FromGrpc(normalizer.GetDeadLetter(&context, request, &response)));
  out << Line(response.dead_letter());
  if (!response.dead_letter().url().empty()) {
    out << "url: " << Printable(response.dead_letter().url()) << '\n';
  }
  for (const auto& [name, value] : response.headers()) {
    out << Printable(name) << ": " << Printable(value) << '\n';
  }
  out << fmt::format("payload: {} bytes\n", response.payload().size());
  if (!response.body().empty()) out << '\n' << Printable(response.body(), /*lines=*/true) << '\n';
  return absl::OkStatus();
}

absl::Status RetryDeadLetter(Normalizer& normalizer, std::uint64_t sequence, std::ostream& out) {
  grpc::ClientContext context;
  rpc::Prepare(context, kTimeout);
  v1::RetryDeadLetterRequest request;
  request.set_sequence(sequence);
  v1::RetryDeadLetterResponse response;
  FAILS_RETURN_IF_ERROR(rpc::FromGrpc(normalizer.RetryDeadLetter(&context, request, &response)));
  out << fmt::format("{}: handled, {} incidents changed\n", sequence, response.incidents_changed());
  return absl::OkStatus();
}

absl::Status RetryAllDeadLetters(Normalizer& normalizer, std::ostream& out, std::ostream& errors) {
  int handled = 0, failed = 0;
  FAILS_RETURN_IF_ERROR(ForEachDeadLetter(normalizer, [&](const v1::DeadLetter& letter) {
    const absl::Status status = RetryDeadLetter(normalizer, letter.sequence(), out);
    if (status.ok()) {
      ++handled;
    } else {
      ++failed;
      errors << fmt::format("{}: {}\n", letter.sequence(), Printable(status.ToString()));
    }
  }));
  out << fmt::format("{} handled, {} still dead\n", handled, failed);
  if (failed == 0) return absl::OkStatus();
  return absl::AbortedError(fmt::format("{} dead letters could not be handled", failed));
}

}  // namespace fails::admin
