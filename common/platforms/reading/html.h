// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

struct GumboInternalNode;
struct GumboInternalOutput;

// Reading of foreign HTML. Nothing of it is ever shown as HTML: what comes out is plain text.
namespace fails::platforms {

// Deeper nesting makes gumbo take minutes for kilobytes.
inline constexpr int kMaxHtmlDepth = 500;

// How deep the elements of a text can nest at most, without building a tree. Never less than half
// of what a browser would make of it.
int HtmlDepth(std::string_view html);

// An element of an HtmlDocument, which must outlive it.
class HtmlElement {
 public:
  explicit HtmlElement(const GumboInternalNode* node) : node_(node) {}

  std::string_view tag() const;  // "div"; empty for an unknown one
  // Decoded; empty when absent.
  std::string_view Attribute(const char* name) const;
  bool HasClass(std::string_view name) const;
  // What a reader sees: entities decoded, white space collapsed, a line for each block and each
  // <br>; no scripts, no styles.
  std::string Text() const;
  // Elements below this one, in document order.
  std::vector<HtmlElement> WithClass(std::string_view name) const;
  std::vector<HtmlElement> WithTag(std::string_view tag) const;

 private:
  const GumboInternalNode* node_;
};

class HtmlDocument {
 public:
  // INVALID_ARGUMENT when it is nested deeper than kMaxHtmlDepth.
  static absl::StatusOr<HtmlDocument> Parse(std::string_view html);

  HtmlElement root() const;

 private:
  struct Delete {
    void operator()(GumboInternalOutput* output) const;
  };
  HtmlDocument() = default;

  std::unique_ptr<std::string> text_;  // gumbo points into it
  std::unique_ptr<GumboInternalOutput, Delete> output_;
};

// Text() of a fragment. One that is nested too deep loses its tags without being understood.
std::string HtmlToText(std::string_view html);

}  // namespace fails::platforms
