// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/feed_reader.h"

#include <fmt/format.h>

#include <pugixml.hpp>
#include <sstream>

#include "common/platforms/reading/html.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

std::string TextOf(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) text += child.value();  // text and CDATA
  return std::string(Trim(text));
}

std::string FirstText(const pugi::xml_node& parent, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    std::string text = TextOf(parent.child(name));
    if (!text.empty()) return text;
  }
  return {};
}

std::optional<ZonedTime> FirstTime(const pugi::xml_node& parent,
                                   std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto time = ParseFeedTime(TextOf(parent.child(name)));
    if (time.ok()) return *time;
  }
  return std::nullopt;
}

std::optional<absl::Time> Moment(const std::optional<ZonedTime>& time) {
  if (!time) return std::nullopt;
  return time->at;
}

// Atom: the link to the page itself, not to the feed or to an attachment.
std::string AtomLink(const pugi::xml_node& parent) {
  for (const pugi::xml_node& link : parent.children("link")) {
    const std::string_view rel = link.attribute("rel").as_string("alternate");
    if (rel == "alternate") return link.attribute("href").as_string();
  }
  return {};
}

// Atom's type="xhtml" holds elements where the other types hold their text.
std::string AtomHtml(const pugi::xml_node& content) {
  if (std::string_view(content.attribute("type").as_string()) != "xhtml") return TextOf(content);
  std::ostringstream html;
  for (const pugi::xml_node& child : content.children()) {
    child.print(html, "", pugi::format_raw);
  }
  return html.str();
}

FeedItem ReadEntry(const pugi::xml_node& entry) {
  FeedItem item;
  item.id = TextOf(entry.child("id"));
  item.link = AtomLink(entry);
  item.title = HtmlToText(TextOf(entry.child("title")));
  item.html = AtomHtml(entry.child("content") ? entry.child("content") : entry.child("summary"));
  for (const pugi::xml_node& category : entry.children("category")) {
    item.categories.emplace_back(category.attribute("term").as_string());
  }
  item.published = FirstTime(entry, {"published", "issued"});
  item.updated = FirstTime(entry, {"updated", "modified"});
  return item;
}

FeedItem ReadItem(const pugi::xml_node& node) {
  FeedItem item;
  item.id = FirstText(node, {"guid"});
  if (item.id.empty()) item.id = node.attribute("rdf:about").as_string();
  item.link = FirstText(node, {"link"});
  if (item.link.empty() && node.child("guid").attribute("isPermaLink").as_bool()) {
    item.link = item.id;
  }
  item.title = HtmlToText(TextOf(node.child("title")));
  item.html = FirstText(node, {"content:encoded", "description"});
  for (const pugi::xml_node& category : node.children("category")) {
    item.categories.push_back(TextOf(category));
  }
  item.published = FirstTime(node, {"pubDate", "dc:date"});
  item.updated = FirstTime(node, {"atom:updated", "updated"});
  return item;
}

Feed ReadAtom(const pugi::xml_node& root) {
  Feed feed{.title = HtmlToText(TextOf(root.child("title"))), .link = AtomLink(root)};
  feed.updated = Moment(FirstTime(root, {"updated"}));
  for (const pugi::xml_node& entry : root.children("entry")) feed.items.push_back(ReadEntry(entry));
  return feed;
}

// RSS 1.0 keeps its items beside the channel.
Feed ReadRss(const pugi::xml_node& root) {
  const pugi::xml_node channel = root.child("channel");
  Feed feed{.title = HtmlToText(TextOf(channel.child("title"))),
            .link = FirstText(channel, {"link"})};
  feed.updated = Moment(FirstTime(channel, {"lastBuildDate", "pubDate", "dc:date"}));
  for (const pugi::xml_node& parent : {channel, root}) {
    for (const pugi::xml_node& item : parent.children("item")) {
      feed.items.push_back(ReadItem(item));
    }
  }
  return feed;
}

}  // namespace

std::optional<absl::Time> FeedItem::Time() const {
  return published ? Moment(published) : Moment(updated);
}

absl::StatusOr<Feed> ReadFeed(std::string_view xml) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!result) {
    return absl::InvalidArgumentError(
        fmt::format("not XML: {} near byte {}", result.description(), result.offset));
  }
  const pugi::xml_node root = document.document_element();
  const std::string_view name = root.name();
  if (name == "feed") return ReadAtom(root);
  if ((name == "rss" || name == "rdf:RDF") && root.child("channel")) return ReadRss(root);
  return absl::InvalidArgumentError(
      fmt::format("XML of <{}>, neither RSS nor Atom", name.substr(0, 40)));
}

}  // namespace fails::platforms
