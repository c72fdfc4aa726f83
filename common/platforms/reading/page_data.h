// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// The data that pages rendered on a server carry in their scripts.
namespace fails::platforms {

// Next.js: the texts of all `self.__next_f.push([1,"…"])`, one after the other. Empty: there are
// none.
std::string NextChunks(std::string_view html);

// Each array or object that follows `"key":` in a text that is JSON only in places. "$undefined",
// which is how Next.js writes what is not there, has become null. At most 64.
std::vector<boost::json::value> ValuesOfKey(std::string_view text, std::string_view key);

// The content of the <script> element with that id; empty when there is none.
std::string_view ScriptById(std::string_view html, std::string_view id);

// React Router: what `streamController.enqueue("…")` is called with, one after the other.
std::string StreamChunks(std::string_view html);

// Replaces every text "$undefined" below `value` by null.
void DropUndefined(boost::json::value& value);

}  // namespace fails::platforms
