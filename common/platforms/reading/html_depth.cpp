// SPDX-License-Identifier: Apache-2.0
// Counts elements that are open at a time as an HTML tokenizer would see them. Where it cannot tell
// (foreign content, raw text) it counts what opens and not what closes: it errs on the deep side.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "common/platforms/reading/html.h"
#include "common/platforms/reading/text.h"

namespace fails::platforms {
namespace {

using namespace std::string_view_literals;

// Never nest by themselves: they have no content, or the next of their kind ends them.
constexpr std::array kFlat = {"area"sv,  "base"sv,   "br"sv,    "col"sv,    "dd"sv,
                              "dt"sv,    "embed"sv,  "hr"sv,    "img"sv,    "input"sv,
                              "li"sv,    "link"sv,   "meta"sv,  "option"sv, "p"sv,
                              "param"sv, "source"sv, "track"sv, "wbr"sv};

// What is in them is text up to their own end tag.
constexpr std::array kRaw = {"script"sv, "style"sv,   "title"sv,    "textarea"sv, "xmp"sv,
                             "iframe"sv, "noembed"sv, "noframes"sv, "plaintext"sv};

constexpr std::size_t kLongestName = 32;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class DepthScan {
 public:
  explicit DepthScan(std::string_view html) : html_(html) {}

  int Run() {
    while ((at_ = html_.find('<', at_)) != std::string_view::npos) {
      ++at_;
      if (at_ == html_.size()) break;
      if (IsLetter(html_[at_])) {
        Open();
      } else if (html_[at_] == '/') {
        Close();
      } else if (html_.substr(at_).starts_with("!--")) {
        SkipTo("-->");
      } else if (html_.substr(at_).starts_with("![CDATA[")) {
        SkipTo("]]>");
      } else if (html_[at_] == '!' || html_[at_] == '?') {
        SkipTo(">");
      }
    }
    return deepest_;
  }

 private:
  std::string Name() {
    const std::size_t end = std::min(html_.find_first_of(" \t\r\n\f/>", at_), html_.size());
    std::string name = ToLower(html_.substr(at_, end - at_));
    at_ = end;
    return name;
  }

  void Count(const std::string& name) {
    if (std::ranges::find(kFlat, std::string_view(name)) != kFlat.end()) return;
    ++open_[name];
    deepest_ = std::max(deepest_, ++depth_);
  }

  void Open() {
    const std::string name = Name();
    Count(name);
    SkipAttributes();
    if (std::ranges::find(kRaw, std::string_view(name)) == kRaw.end()) return;
    const std::size_t end = FindNoCase(html_, "</" + name, at_);
    CountOpens(at_, std::min(end, html_.size()));
    at_ = std::min(end, html_.size());
  }

  void Close() {
    ++at_;
    if (at_ == html_.size() || !IsLetter(html_[at_])) return SkipTo(">");
    const auto open = open_.find(Name());
    SkipAttributes();
    if (open == open_.end() || open->second == 0) return;
    --open->second;
    --depth_;
  }

  // Opens that hide in what we take for text count all the same.
  void CountOpens(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i + 1 < to; ++i) {
      if (html_[i] != '<' || !IsLetter(html_[i + 1])) continue;
      const std::string_view name = html_.substr(i + 1, std::min(to - i - 1, kLongestName));
      Count(ToLower(name.substr(0, name.find_first_of(" \t\r\n\f/>"))));
    }
  }

  void SkipTo(std::string_view mark) {
    const std::size_t end = std::min(html_.find(mark, at_), html_.size());
    CountOpens(at_, end);
    at_ = std::min(end + mark.size(), html_.size());
  }

  // The states of the HTML standard, 13.2.5.32 ff.: a quote counts only where a value begins.
  void SkipAttributes() {
    while (at_ < html_.size() && html_[at_] != '>') {
      if (html_[at_++] != '=') continue;
      at_ = std::min(html_.find_first_not_of(" \t\r\n\f", at_), html_.size());
      if (at_ == html_.size()) return;
      const char quote = html_[at_];
      if (quote == '"' || quote == '\'') {
        at_ = std::min(html_.find(quote, at_ + 1), html_.size() - 1) + 1;
      } else {
        at_ = std::min(html_.find_first_of(" \t\r\n\f>", at_), html_.size());
      }
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::map<std::string, int> open_;
  int depth_ = 0;
  int deepest_ = 0;
};

}  // namespace

int HtmlDepth(std::string_view html) {
  return DepthScan(html).Run();
}

}  // namespace fails::platforms
