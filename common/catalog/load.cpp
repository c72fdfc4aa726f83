// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/ascii.h"
#include "common/catalog/catalog.h"
#include "common/platforms/import_format.h"
#include "common/platforms/registry.h"

namespace fails::catalog {
namespace {

bool IsSlug(const std::string& text) {
  const auto slug_char = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && std::ranges::all_of(text, slug_char) && !text.starts_with('-') &&
         !text.ends_with('-');
}

bool IsColor(const std::string& text) {
  return text.size() == 7 && text[0] == '#' &&
         std::all_of(text.begin() + 1, text.end(),
                     [](unsigned char c) { return std::isxdigit(c); });
}

// Walks the file once and collects every mistake with its line.
class Reader {
 public:
  std::vector<Provider> Read(const YAML::Node& root, std::string& notice) {
    std::vector<Provider> providers;
    if (!root.IsMap()) {
      Complain(root, "the catalog must be a map with the key 'providers'");
      return providers;
    }
    OnlyKeys(root, {"version", "notice", "providers"});
    if (Text(root, "version", true) != "1") Complain(root["version"], "version must be 1");
    notice = Text(root, "notice", false);
    for (const YAML::Node& node : List(root, "providers")) providers.push_back(ReadProvider(node));
    if (providers.empty()) Complain(root, "no providers");
    return providers;
  }

  const std::vector<std::string>& errors() const { return errors_; }

 private:
  void Complain(const YAML::Node& node, const std::string& what) {
    const int line = node.IsDefined() ? node.Mark().line + 1 : 0;
    errors_.push_back(fmt::format("line {}: {}", line, what));
  }

  void OnlyKeys(const YAML::Node& map, std::initializer_list<std::string_view> known) {
    for (const auto& entry : map) {
      const auto key = entry.first.as<std::string>("");
      if (std::ranges::find(known, key) == known.end()) {
        Complain(entry.first, fmt::format("unknown key '{}'", key));
      }
    }
  }

  std::string Text(const YAML::Node& map, const char* key, bool required) {
    const YAML::Node node = map[key];
    if (!node.IsDefined() || node.IsNull()) {
      if (required) Complain(map, fmt::format("'{}' is missing", key));
      return {};
    }
    if (!node.IsScalar()) {
      Complain(node, fmt::format("'{}' must be a text", key));
      return {};
    }
    return node.Scalar();
  }

  std::string Slug(const YAML::Node& map, const std::string& kind, const std::string& scope) {
    std::string id = Text(map, "id", true);
    if (id.empty()) return id;
    if (!IsSlug(id)) {
      Complain(map["id"], fmt::format("{} id '{}' must be of a-z, 0-9 and inner '-'", kind, id));
    }
    if (!seen_.insert(kind + " " + scope + id).second) {
      Complain(map["id"], fmt::format("{} id '{}' is used twice", kind, id));
    }
    return id;
  }

  // What one of a scope is known by can stand for no other.
  void Claim(const YAML::Node& node, const std::string& kind, const std::string& name,
             const std::string& scope, const std::string& by) {
    if (name.empty()) return;
    const auto [claim, fresh] = claims_.try_emplace(fmt::format("{} {} {}", kind, scope, name), by);
    if (!fresh && claim->second != by) {
      Complain(node, fmt::format("{} '{}' stands for '{}' already", kind, name, claim->second));
    }
  }

  std::vector<YAML::Node> List(const YAML::Node& map, const char* key) {
    const YAML::Node node = map[key];
    std::vector<YAML::Node> items;
    if (!node.IsDefined() || node.IsNull()) return items;
    if (!node.IsSequence()) {
      Complain(node, fmt::format("'{}' must be a list", key));
      return items;
    }
    for (const auto& item : node) {
      if (item.IsMap()) {
        items.push_back(item);
      } else {
        Complain(item, fmt::format("an item of '{}' must be a map", key));
      }
    }
    return items;
  }

  std::vector<std::string> Texts(const YAML::Node& map, const char* key) {
    const YAML::Node node = map[key];
    std::vector<std::string> texts;
    if (!node.IsDefined() || node.IsNull()) return texts;
    if (!node.IsSequence()) {
      Complain(node, fmt::format("'{}' must be a list", key));
      return texts;
    }
    for (const auto& item : node) {
      if (item.IsScalar() && !item.Scalar().empty()) {
        texts.push_back(item.Scalar());
      } else {
        Complain(item, fmt::format("an item of '{}' must be a text", key));
      }
    }
    return texts;
  }

  Provider ReadProvider(const YAML::Node& node) {
    OnlyKeys(node, {"id", "name", "aliases", "color", "website", "services", "pages"});
    Provider provider;
    provider.id = ProviderId(Slug(node, "provider", ""));
    provider.name = Text(node, "name", true);
    provider.color = Text(node, "color", true);
    if (!provider.color.empty() && !IsColor(provider.color)) {
      Complain(node["color"], fmt::format("color '{}' must read like #10a37f", provider.color));
    }
    provider.website = Text(node, "website", false);
    provider.aliases = Texts(node, "aliases");
    for (const std::string& alias : provider.aliases) {
      Claim(node["aliases"], "alias", absl::AsciiStrToLower(alias), "", provider.id.str());
    }
    for (const YAML::Node& item : List(node, "services")) {
      provider.services.push_back(ReadService(item, provider.id));
    }
    if (provider.services.empty()) Complain(node, "a provider needs at least one service");
    for (const YAML::Node& item : List(node, "pages")) {
      provider.pages.push_back(ReadPage(item, provider.id));
    }
    return provider;
  }

  Service ReadService(const YAML::Node& node, const ProviderId& provider) {
    OnlyKeys(node, {"id", "name", "components"});
    Service service;
    service.id = ServiceId(provider.str() + "/" + Slug(node, "service", provider.str() + "/"));
    service.name = Text(node, "name", true);
    service.provider = provider;
    for (const YAML::Node& item : List(node, "components")) {
      OnlyKeys(item, {"id", "name"});
      ComponentMatch match{Text(item, "id", false), Text(item, "name", false)};
      if (match.id.empty() && match.name.empty()) Complain(item, "a component needs id or name");
      Claim(item, "component id", match.id, provider.str(), service.id.str());
      Claim(item, "component name", absl::AsciiStrToLower(match.name), provider.str(),
            service.id.str());
      service.components.push_back(std::move(match));
    }
    return service;
  }

  Page ReadPage(const YAML::Node& node, const ProviderId& provider) {
    OnlyKeys(node, {"id", "platform", "url", "former_urls", "interval_seconds", "status"});
    Page page;
    page.id = PageId(Slug(node, "page", ""));
    page.provider = provider;
    page.platform = Text(node, "platform", true);
    if (!page.platform.empty() && !platforms::Find(page.platform)) {
      Complain(node["platform"], fmt::format("unknown platform '{}'", page.platform));
    } else if (platforms::FindImportFormat(page.platform)) {
      Complain(node["platform"],
               fmt::format("'{}' is read from files, not from a page", page.platform));
    }
    page.url = Text(node, "url", true);
    while (page.url.ends_with('/')) page.url.pop_back();
    if (!page.url.starts_with("https://") && !page.url.starts_with("http://")) {
      Complain(node, fmt::format("url '{}' must begin with https:// or http://", page.url));
    }
    page.former_urls = Texts(node, "former_urls");
    for (const std::string& url : page.former_urls) {
      if (!url.starts_with("https://") && !url.starts_with("http://")) {
        Complain(node["former_urls"],
                 fmt::format("former url '{}' must begin with https:// or http://", url));
      }
    }
    page.interval = absl::Seconds(ReadInterval(node));
    const std::string status = Text(node, "status", false);
    if (status == "dormant") {
      page.status = PageStatus::kDormant;
    } else if (!status.empty() && status != "active") {
      Complain(node["status"], fmt::format("status '{}' must be active or dormant", status));
    }
    return page;
  }

  int ReadInterval(const YAML::Node& node) {
    const YAML::Node interval = node["interval_seconds"];
    if (!interval.IsDefined()) return 60;
    int seconds = 0;
    if (!YAML::convert<int>::decode(interval, seconds) || seconds < 1 || seconds > 86'400) {
      Complain(interval, "interval_seconds must be a whole number from 1 to 86400");
      return 60;
    }
    return seconds;
  }

  std::set<std::string> seen_;
  std::map<std::string, std::string> claims_;  // by whom
  std::vector<std::string> errors_;
};

}  // namespace

absl::StatusOr<Catalog> Catalog::Parse(const std::string& yaml) {
  YAML::Node root;
  try {
    root = YAML::Load(yaml);
  } catch (const YAML::Exception& e) {
    return absl::InvalidArgumentError(fmt::format("not YAML: {}", e.what()));
  }
  Reader reader;
  Catalog catalog;
  catalog.providers_ = reader.Read(root, catalog.notice_);
  if (!reader.errors().empty()) {
    return absl::InvalidArgumentError(fmt::format("{}", fmt::join(reader.errors(), "\n")));
  }
  return catalog;
}

absl::StatusOr<Catalog> Catalog::Load(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::InvalidArgumentError(fmt::format("cannot read the catalog '{}'", path));
  std::ostringstream text;
  text << in.rdbuf();
  auto catalog = Parse(text.str());
  if (!catalog.ok()) {
    return absl::InvalidArgumentError(
        fmt::format("catalog {}:\n{}", path, std::string(catalog.status().message())));
  }
  return catalog;
}

}  // namespace fails::catalog
