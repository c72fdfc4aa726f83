// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace fails::simulator {

// One request to a simulated host: "GET /status.example.com/history.json?page=2" is host
// "status.example.com" and path "/history.json". Plain values, so that everything behind the socket
// can be tested without one.
struct Request {
  std::string method = "GET";
  std::string host;
  std::string path = "/";                      // within the host, percent-decoded
  std::map<std::string, std::string> query;    // the first value of each name
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  // The value of a header (lower-case name) or of a query parameter, "" when it is absent.
  std::string Header(const std::string& name) const;
  std::string Query(const std::string& name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::map<std::string, std::string> headers;
  // When set, the connection is closed after so many bytes although the whole body was announced.
  std::optional<std::size_t> cut_after;
};

// A document of a page, or what a page shows for a document that it does not have.
Response JsonResponse(std::string body);
Response HtmlResponse(int status, std::string_view title);

// Text made safe for the inside of an HTML element or attribute.
std::string EscapeHtml(std::string_view text);

// Weak ETag of a body: W/"<hash>".
std::string WeakEtag(std::string_view body);

// Gives a 200 its ETag, and turns it into a 304 without body when the request's If-None-Match names
// it.
void ApplyEtag(const Request& request, Response& response);

}  // namespace fails::simulator
