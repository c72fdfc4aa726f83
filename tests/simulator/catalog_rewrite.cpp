// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/catalog_rewrite.h"

#include <yaml-cpp/yaml.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace fails::simulator {
namespace {

// Writes the node as it was read: order, flow or block style, and quotes (yaml-cpp alone would
// write "true" as true).
void Emit(const YAML::Node& node, YAML::Emitter& out) {
  const bool flow = node.Style() == YAML::EmitterStyle::Flow;
  switch (node.Type()) {
    case YAML::NodeType::Map:
      out << (flow ? YAML::Flow : YAML::Block) << YAML::BeginMap;
      for (const auto& member : node) {
        out << YAML::Key;
        Emit(member.first, out);
        out << YAML::Value;
        Emit(member.second, out);
      }
      out << YAML::EndMap;
      break;
    case YAML::NodeType::Sequence:
      out << (flow ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
      for (const auto& item : node) Emit(item, out);
      out << YAML::EndSeq;
      break;
    case YAML::NodeType::Scalar:
      if (node.Tag() == "!") out << YAML::DoubleQuoted;
      out << node.Scalar();
      break;
    default:
      out << YAML::Null;
  }
}

absl::StatusOr<std::string> RewriteUrl(const std::string& url, absl::string_view base) {
  absl::string_view rest = url;
  if (!absl::ConsumePrefix(&rest, "https://") && !absl::ConsumePrefix(&rest, "http://")) {
    return absl::InvalidArgumentError(absl::StrCat("not an http(s) address: \"", url, "\""));
  }
  if (rest.empty() || rest[0] == '/') {
    return absl::InvalidArgumentError(absl::StrCat("no host in \"", url, "\""));
  }
  return absl::StrCat(absl::StripSuffix(base, "/"), "/", absl::StripSuffix(rest, "/"));
}

absl::Status RewritePage(YAML::Node page, const std::string& base,
                         std::optional<int> interval_seconds) {
  if (!page.IsMap() || !page["url"] || !page["url"].IsScalar()) {
    return absl::InvalidArgumentError("a page without `url`");
  }
  const absl::StatusOr<std::string> url = RewriteUrl(page["url"].Scalar(), base);
  if (!url.ok()) return url.status();
  page["url"] = *url;
  if (interval_seconds) page["interval_seconds"] = *interval_seconds;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> RewriteCatalog(const std::string& yaml, const std::string& base,
                                           std::optional<int> interval_seconds) {
  try {
    YAML::Node catalog = YAML::Load(yaml);
    if (!catalog.IsMap() || !catalog["providers"] || !catalog["providers"].IsSequence()) {
      return absl::InvalidArgumentError("no list `providers`");
    }
    for (YAML::Node provider : catalog["providers"]) {
      if (!provider.IsMap()) return absl::InvalidArgumentError("a provider that is not a map");
      if (!provider["pages"]) continue;
      for (YAML::Node page : provider["pages"]) {
        absl::Status status = RewritePage(page, base, interval_seconds);
        if (!status.ok()) return status;
      }
    }
    YAML::Emitter out;
    Emit(catalog, out);
    if (!out.good()) return absl::InternalError(out.GetLastError());
    return absl::StrCat(out.c_str(), "\n");
  } catch (const YAML::Exception& wrong) {
    return absl::InvalidArgumentError(wrong.what());
  }
}

}  // namespace fails::simulator
