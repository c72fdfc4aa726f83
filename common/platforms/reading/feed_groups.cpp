// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <map>
#include <utility>

#include "common/platforms/reading/feed_reader.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

// Path segments behind which platforms put an incident's id.
constexpr std::array kIncidentPaths = {"/incidents/"sv,    "/incident/"sv, "/issues/"sv,
                                       "/maintenances/"sv, "/events/"sv,   "/status_reports/"sv,
                                       "/reports/"sv,      "/notices/"sv};

std::string_view WithoutFragment(std::string_view url) {
  return url.substr(0, url.find('#'));
}

std::string_view Bare(std::string_view url) {
  url = WithoutFragment(url);
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

// Whether an address can stand for one incident: neither the page itself nor the root of a site.
bool NamesOne(std::string_view url, const Feed& feed) {
  url = Bare(url);
  const std::size_t host = url.find("://");
  if (host == std::string_view::npos) return !url.empty();
  return url.find('/', host + 3) != std::string_view::npos && url != Bare(feed.link);
}

std::string GuidKey(const FeedItem& item, const Feed& feed) {
  if (item.id.empty()) return {};
  // Where all of it but the fragment is the page's address, the fragment is what tells items apart.
  const std::string_view key = NamesOne(item.id, feed) ? WithoutFragment(item.id) : item.id;
  return "guid " + std::string(key);
}

std::string LinkKey(const FeedItem& item, const Feed& feed) {
  return NamesOne(item.link, feed) ? "link " + std::string(Bare(item.link)) : std::string();
}

bool IsPlainId(std::string_view id) {
  constexpr std::string_view kAlphabet =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
  return !id.empty() && id.size() <= 80 &&
         id.find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace

std::vector<std::vector<FeedItem>> GroupItems(const Feed& feed) {
  std::vector<std::vector<FeedItem>> groups;
  std::map<std::string, std::size_t> group_of;
  for (const FeedItem& item : feed.items) {
    const std::array keys = {GuidKey(item, feed), LinkKey(item, feed)};
    std::size_t group = groups.size();
    for (const std::string& key : keys) {
      const auto known = group_of.find(key);
      if (!key.empty() && known != group_of.end()) {
        group = known->second;
        break;
      }
    }
    if (group == groups.size()) groups.emplace_back();
    for (const std::string& key : keys) {
      if (!key.empty()) group_of.try_emplace(key, group);
    }
    groups[group].push_back(item);
  }
  return groups;
}

std::string IncidentCodeOf(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view path : kIncidentPaths) {
    const std::size_t at = url.find(path);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = url.substr(at + path.size());
    const std::string_view code = rest.substr(0, rest.find('/'));
    if (IsPlainId(code)) return std::string(code);
  }
  return {};
}

std::string IncidentIdOf(const std::vector<FeedItem>& group) {
  if (group.empty()) return {};
  const FeedItem& item = group.front();
  if (std::string code = IncidentCodeOf(item.link); !code.empty()) return code;
  if (std::string code = IncidentCodeOf(item.id); !code.empty()) return code;
  const std::string_view id = WithoutFragment(item.id);
  if (IsPlainId(id)) return std::string(id);
  // The last part of an address, if that is long enough to be no mere word of it.
  for (const std::string_view url : {std::string_view(item.id), std::string_view(item.link)}) {
    const std::size_t slash = url.find_last_of("/#");
    if (slash == std::string_view::npos) continue;
    const std::string_view last = url.substr(slash + 1);
    if (last.size() >= 6 && IsPlainId(last) && url.find("://") + 2 != slash) {
      return std::string(last);
    }
  }
  return item.id.empty() ? item.link : item.id;
}

}  // namespace fails::platforms
