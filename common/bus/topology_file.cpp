// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "common/base/text.h"
#include "common/bus/topology.h"

namespace fails::bus {
namespace {

// Reads one mapping of the file and notes every mistake in it.
class Entry {
 public:
  Entry(const YAML::Node& node, std::vector<std::string>& errors) : node_(node), errors_(errors) {}

  std::string Text(const char* key, bool required = true) {
    const auto value = Scalar(key);
    if (!value && required) Fail(node_, fmt::format("'{}' is missing", key));
    return value.value_or("");
  }

  // Stream, consumer and bucket names are parts of subjects.
  std::string Name(const char* key) {
    std::string name = Text(key);
    if (name.find_first_of(" \t.*>/\\") != std::string::npos) {
      Fail(node_[key], fmt::format("'{}' is no name", name));
    }
    return name;
  }

  std::vector<std::string> Texts(const char* key) {
    std::vector<std::string> texts;
    const YAML::Node list = Take(key);
    if (!list || !list.IsSequence() || list.size() == 0) {
      Fail(list ? list : node_, fmt::format("'{}' must be a list with at least one entry", key));
      return texts;
    }
    for (const YAML::Node& item : list) {
      if (item.IsScalar() && !item.Scalar().empty()) {
        texts.push_back(item.Scalar());
      } else {
        Fail(item, fmt::format("'{}' holds something that is no text", key));
      }
    }
    return texts;
  }

  void Span(const char* key, absl::Duration& span) {
    const auto value = Scalar(key);
    if (!value) return;
    absl::Duration parsed;
    if (!absl::ParseDuration(Absl(*value), &parsed) || parsed <= absl::ZeroDuration() ||
        parsed > absl::Hours(24 * 36500)) {
      Fail(node_[key], fmt::format("'{}' is no positive duration like 60s or 720h", *value));
      return;
    }
    span = parsed;
  }

  template <class Integer>
  void Number(const char* key, Integer& number, std::int64_t min,
              std::int64_t max = std::numeric_limits<Integer>::max()) {
    const auto value = Scalar(key);
    if (!value) return;
    std::int64_t parsed = 0;
    if (!absl::SimpleAtoi(Absl(*value), &parsed) || parsed > max ||
        (parsed < min && parsed != -1)) {
      Fail(node_[key], fmt::format("'{}' must be a whole number of at least {}, or -1 for no limit,"
                                   " not '{}'",
                                   key, min, *value));
      return;
    }
    number = static_cast<Integer>(parsed);
  }

  // Call last: what was not asked for is a mistake.
  void Done() {
    if (!node_.IsMap()) return;
    for (const auto& pair : node_) {
      const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "";
      if (!known_.contains(key)) Fail(pair.first, fmt::format("'{}' is unknown", key));
    }
  }

  void Fail(const YAML::Node& at, const std::string& what) {
    errors_.push_back(fmt::format("line {}: {}", at.Mark().line + 1, what));
  }

 private:
  YAML::Node Take(const char* key) {
    known_.insert(key);
    return node_.IsMap() ? node_[key] : YAML::Node(YAML::NodeType::Undefined);
  }

  std::optional<std::string> Scalar(const char* key) {
    const YAML::Node value = Take(key);
    if (!value || value.IsNull()) return std::nullopt;
    if (!value.IsScalar()) {
      Fail(value, fmt::format("'{}' must be one value", key));
      return std::nullopt;
    }
    return value.Scalar();
  }

  const YAML::Node node_;
  std::vector<std::string>& errors_;
  std::set<std::string> known_;
};

StreamSpec ReadStream(Entry entry) {
  StreamSpec spec;
  spec.name = entry.Name("name");
  spec.subjects = entry.Texts("subjects");
  entry.Span("max_age", spec.max_age);
  entry.Number("max_bytes", spec.max_bytes, 1);
  entry.Number("max_message_bytes", spec.max_message_bytes, 1);
  entry.Span("duplicate_window", spec.duplicate_window);
  entry.Done();
  return spec;
}

ConsumerSpec ReadConsumer(Entry entry) {
  ConsumerSpec spec;
  spec.stream = entry.Name("stream");
  spec.name = entry.Name("name");
  spec.filter_subject = entry.Text("filter_subject", false);
  entry.Span("ack_wait", spec.ack_wait);
  entry.Number("max_deliver", spec.max_deliver, 1);
  entry.Number("max_ack_pending", spec.max_ack_pending, 1);
  entry.Done();
  return spec;
}

BucketSpec ReadBucket(Entry entry) {
  BucketSpec spec;
  spec.name = entry.Name("name");
  entry.Number("history", spec.history, 1, 64);
  entry.Done();
  return spec;
}

template <class Spec, class Read>
std::vector<Spec> ReadList(const YAML::Node& root, const char* key, Read read,
                           std::vector<std::string>& errors) {
  std::vector<Spec> specs;
  const YAML::Node list = root[key];
  if (!list) return specs;
  if (!list.IsSequence()) {
    errors.push_back(fmt::format("line {}: '{}' must be a list", list.Mark().line + 1, key));
    return specs;
  }
  std::set<std::string> names;
  for (const YAML::Node& node : list) {
    Entry entry(node, errors);
    if (!node.IsMap()) {
      entry.Fail(node, fmt::format("an entry of '{}' must be a mapping", key));
      continue;
    }
    specs.push_back(read(entry));
    if (!names.insert(specs.back().name).second) {
      entry.Fail(node, fmt::format("'{}' is there twice", specs.back().name));
    }
    if constexpr (std::is_same_v<Spec, ConsumerSpec>) {
      bool known = false;
      for (const YAML::Node& stream : root["streams"]) {
        known = known || (stream.IsMap() && stream["name"] && stream["name"].IsScalar() &&
                          stream["name"].Scalar() == specs.back().stream);
      }
      if (!known) {
        entry.Fail(node, fmt::format("there is no stream '{}'", specs.back().stream));
      }
    }
  }
  return specs;
}

Topology Read(const YAML::Node& root, std::vector<std::string>& errors) {
  Topology topology;
  if (!root.IsMap()) {
    errors.push_back("line 1: the file must be a mapping with streams, consumers and buckets");
    return topology;
  }
  topology.streams = ReadList<StreamSpec>(root, "streams", ReadStream, errors);
  topology.consumers = ReadList<ConsumerSpec>(root, "consumers", ReadConsumer, errors);
  topology.buckets = ReadList<BucketSpec>(root, "buckets", ReadBucket, errors);
  for (const auto& pair : root) {
    const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "";
    if (key != "streams" && key != "consumers" && key != "buckets") {
      errors.push_back(fmt::format("line {}: '{}' is unknown", pair.first.Mark().line + 1, key));
    }
  }
  return topology;
}

}  // namespace

absl::StatusOr<Topology> Topology::Load(const std::string& path) {
  std::vector<std::string> errors;
  Topology topology;
  try {
    topology = Read(YAML::LoadFile(path), errors);
  } catch (const YAML::BadFile&) {
    return absl::InvalidArgumentError(fmt::format("{}: cannot be read", path));
  } catch (const YAML::Exception& e) {
    return absl::InvalidArgumentError(fmt::format("{}: line {}: {}", path, e.mark.line + 1, e.msg));
  }
  if (errors.empty()) return topology;
  return absl::InvalidArgumentError(fmt::format("{}: {}", path, fmt::join(errors, "; ")));
}

}  // namespace fails::bus
