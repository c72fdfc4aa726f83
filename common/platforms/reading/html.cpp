// SPDX-License-Identifier: Apache-2.0
#include "common/platforms/reading/html.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <span>

#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

constexpr std::array kHidden = {GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE,
                                GUMBO_TAG_NOSCRIPT, GUMBO_TAG_HEAD};
constexpr std::array kLines = {
    GUMBO_TAG_P,       GUMBO_TAG_DIV,     GUMBO_TAG_LI,    GUMBO_TAG_UL,  GUMBO_TAG_OL,
    GUMBO_TAG_TR,      GUMBO_TAG_H1,      GUMBO_TAG_H2,    GUMBO_TAG_H3,  GUMBO_TAG_H4,
    GUMBO_TAG_H5,      GUMBO_TAG_H6,      GUMBO_TAG_HR,    GUMBO_TAG_PRE, GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_TABLE, GUMBO_TAG_DL,  GUMBO_TAG_DT,
    GUMBO_TAG_DD};

std::span<GumboNode* const> Children(const GumboNode& node) {
  const GumboVector* children = nullptr;
  if (node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE) {
    children = &node.v.element.children;
  } else if (node.type == GUMBO_NODE_DOCUMENT) {
    children = &node.v.document.children;
  }
  if (!children || children->length == 0) return {};
  return {reinterpret_cast<GumboNode* const*>(children->data), children->length};
}

bool IsElement(const GumboNode& node) {
  return node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
}

// Collapses white space and puts lines together. A no-break space is a space.
class TextSink {
 public:
  void Line() {
    while (text_.ends_with(' ')) text_.pop_back();
    if (!text_.empty() && !text_.ends_with('\n')) text_ += '\n';
  }

  void Add(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text.substr(i).starts_with("\xC2\xA0")) {
        ++i;
        Space();
      } else if (std::string_view(" \t\r\n\f\v").find(text[i]) != std::string_view::npos) {
        Space();
      } else {
        text_ += text[i];
      }
    }
  }

  std::string Take() { return std::string(Trim(text_)); }

 private:
  void Space() {
    if (!text_.empty() && !text_.ends_with(' ') && !text_.ends_with('\n')) text_ += ' ';
  }

  std::string text_;
};

// Recursion is as deep as the tree, which HtmlDepth() bounds.
void Collect(const GumboNode& node, TextSink& sink) {
  switch (node.type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
      sink.Add(node.v.text.text);
      return;
    case GUMBO_NODE_ELEMENT:
      break;
    case GUMBO_NODE_DOCUMENT:
      for (const GumboNode* child : Children(node)) Collect(*child, sink);
      return;
    default:
      return;
  }
  const GumboTag tag = node.v.element.tag;
  if (std::ranges::find(kHidden, tag) != kHidden.end()) return;
  if (tag == GUMBO_TAG_BR) return sink.Line();
  const bool lines = std::ranges::find(kLines, tag) != kLines.end();
  if (lines) sink.Line();
  for (const GumboNode* child : Children(node)) Collect(*child, sink);
  if (lines) sink.Line();
}

template <class Wanted>
void Find(const GumboNode& node, const Wanted& wanted, std::vector<HtmlElement>& found) {
  for (const GumboNode* child : Children(node)) {
    if (!IsElement(*child)) continue;
    const HtmlElement element(child);
    if (wanted(element)) found.push_back(element);
    Find(*child, wanted, found);
  }
}

std::string WithoutTags(std::string_view html) {
  TextSink sink;
  std::size_t at = 0;
  while (at < html.size()) {
    const std::size_t open = std::min(html.find('<', at), html.size());
    sink.Add(html.substr(at, open - at));
    sink.Add(" ");
    const std::size_t close = html.find('>', open);
    if (close == std::string_view::npos) break;
    at = close + 1;
  }
  return sink.Take();
}

}  // namespace

std::string_view HtmlElement::tag() const {
  if (!IsElement(*node_)) return {};
  return gumbo_normalized_tagname(node_->v.element.tag);
}

std::string_view HtmlElement::Attribute(const char* name) const {
  if (!IsElement(*node_)) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&node_->v.element.attributes, name);
  return attribute ? std::string_view(attribute->value) : std::string_view();
}

bool HtmlElement::HasClass(std::string_view name) const {
  const auto classes = Words(Attribute("class"));
  return std::ranges::find(classes, name) != classes.end();
}

std::string HtmlElement::Text() const {
  TextSink sink;
  Collect(*node_, sink);
  return sink.Take();
}

std::vector<HtmlElement> HtmlElement::WithClass(std::string_view name) const {
  std::vector<HtmlElement> found;
  Find(
      *node_, [&](const HtmlElement& element) { return element.HasClass(name); }, found);
  return found;
}

std::vector<HtmlElement> HtmlElement::WithTag(std::string_view tag) const {
  std::vector<HtmlElement> found;
  Find(
      *node_, [&](const HtmlElement& element) { return element.tag() == tag; }, found);
  return found;
}

void HtmlDocument::Delete::operator()(GumboInternalOutput* output) const {
  gumbo_destroy_output(&kGumboDefaultOptions, output);
}

absl::StatusOr<HtmlDocument> HtmlDocument::Parse(std::string_view html) {
  if (const int depth = HtmlDepth(html); depth > kMaxHtmlDepth) {
    return absl::InvalidArgumentError(
        fmt::format("HTML nested {} deep, more than {}", depth, kMaxHtmlDepth));
  }
  HtmlDocument document;
  document.text_ = std::make_unique<std::string>(html);
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  document.output_.reset(
      gumbo_parse_with_options(&options, document.text_->data(), document.text_->size()));
  if (!document.output_) return absl::InvalidArgumentError("HTML that cannot be parsed");
  return document;
}

HtmlElement HtmlDocument::root() const {
  return HtmlElement(output_->root);
}

std::string HtmlToText(std::string_view html) {
  const auto document = HtmlDocument::Parse(html);
  return document.ok() ? document->root().Text() : WithoutTags(html);
}

}  // namespace fails::platforms
