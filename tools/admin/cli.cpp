// SPDX-License-Identifier: Apache-2.0
#include "tools/admin/cli.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "common/base/time.h"
#include "common/rpc/client.h"
#include "common/wire/time_proto.h"
#include "tools/admin/commands.h"

namespace fails::admin {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongArguments = 2;

struct Arguments {
  std::string normalizer = "127.0.0.1:9002";
  v1::ReplayRequest replay;
  std::uint64_t sequence = 0;
};

void AddTime(CLI::App& command, const std::string& name, const std::string& help,
             google::protobuf::Timestamp* (*field)(v1::ReplayRequest&),
             v1::ReplayRequest& request) {
  command
      .add_option_function<std::string>(
          name,
          [&request, field, name](const std::string& text) {
            const auto time = ParseTime(text);
            if (!time.ok()) {
              throw CLI::ValidationError(name, std::string(time.status().message()));
            }
            *field(request) = wire::ToProto(*time);
          },
          help)
      ->type_name("TIME");
}

CLI::App* AddReplay(CLI::App& app, v1::ReplayRequest& request) {
  CLI::App* replay = app.add_subcommand("replay", "Read the raw documents again");
  replay
      ->add_option_function<std::string>(
          "--page", [&request](const std::string& page) { request.set_page(page); },
          "Only this page's; imports are the page 'import'")
      ->type_name("PAGE");
  AddTime(
      *replay, "--from", "Only those fetched then or later (RFC 3339)",
      [](v1::ReplayRequest& r) { return r.mutable_from(); }, request);
  AddTime(
      *replay, "--to", "Only those fetched before (RFC 3339)",
      [](v1::ReplayRequest& r) { return r.mutable_to(); }, request);
  return replay;
}

struct DeadLetters {
  explicit DeadLetters(CLI::App& app, std::uint64_t& sequence)
      : command(app.add_subcommand("dead-letters", "What the normalizer gave up")),
        list(command->add_subcommand("list", "All of them, oldest first")),
        show(command->add_subcommand("show", "One of them with its document")),
        retry(command->add_subcommand("retry", "Handle it once more")) {
    command->require_subcommand(1);
    show->add_option("SEQUENCE", sequence, "From the list")->required();
    CLI::Option* one = retry->add_option("SEQUENCE", sequence, "From the list");
    all = retry->add_flag("--all")->description("All of them, oldest first");
    all->excludes(one);
  }

  CLI::App *command, *list, *show, *retry;
  CLI::Option* all;
};

absl::Status Do(const Arguments& arguments, const CLI::App& replay, const DeadLetters& letters,
                std::ostream& out, std::ostream& errors) {
  const auto stub = v1::NormalizerService::NewStub(rpc::MakeChannel(arguments.normalizer));
  if (replay.parsed()) return Replay(*stub, arguments.replay, out, errors);
  if (letters.list->parsed()) return ListDeadLetters(*stub, out);
  if (letters.show->parsed()) return ShowDeadLetter(*stub, arguments.sequence, out);
  if (letters.all->count() > 0) return RetryAllDeadLetters(*stub, out, errors);
  return RetryDeadLetter(*stub, arguments.sequence, out);
}

}  // namespace

int Run(int argc, const char* const* argv, std::ostream& out, std::ostream& errors) {
  Arguments arguments;
  CLI::App app("What an operator asks of the normalizer", "fails-admin");
  app.set_version_flag("--version", std::string("fails-admin ") + FAILS_VERSION);
  app.require_subcommand(1);
  app.add_option("--normalizer", arguments.normalizer, "The normalizer's gRPC address")
      ->envname("FAILS_NORMALIZER_ADDRESS")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  CLI::App* replay = AddReplay(app, arguments.replay);
  const DeadLetters letters(app, arguments.sequence);
  try {
    app.parse(argc, argv);
    if (letters.retry->parsed() && letters.all->count() == 0 && arguments.sequence == 0) {
      throw CLI::RequiredError("SEQUENCE or --all");
    }
  } catch (const CLI::ParseError& error) {
    return app.exit(error, out, errors) == 0 ? 0 : kWrongArguments;
  }
  const absl::Status status = Do(arguments, *replay, letters, out, errors);
  if (status.ok()) return 0;
  errors << "fails-admin: " << Printable(status.ToString()) << '\n';
  return kFailed;
}

}  // namespace fails::admin
