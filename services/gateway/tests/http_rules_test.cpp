// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <zlib.h>

#include "services/gateway/app/response_rules.h"
#include "services/gateway/http/gzip.h"
#include "services/gateway/http/negotiate.h"
#include "services/gateway/http/response_head.h"

namespace fails::gateway {
namespace {

std::string Gunzip(const std::string& compressed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

http::Response JsonResponse(std::size_t size) {
  http::Response response;
  response.headers.Set("Content-Type", "application/json");
  response.body = http::Bytes(std::string(size, 'x'));
  return response;
}

http::Headers With(std::string name, std::string value) {
  http::Headers headers;
  headers.Add(std::move(name), std::move(value));
  return headers;
}

TEST(Gzip, ComesBackAsItWas) {
  for (const std::string& text : {std::string(), std::string("a"), std::string(300'000, 'b')}) {
    EXPECT_EQ(Gunzip(http::Gzip(text, http::GzipLevel::kFast)), text);
    EXPECT_EQ(Gunzip(http::Gzip(text, http::GzipLevel::kBest)), text);
  }
}

TEST(Negotiate, AcceptEncoding) {
  for (const char* yes :
       {"gzip", "br, gzip", "GZIP;q=0.1", "*", "deflate, *;q=0.5", "br , gzip ; q=1"}) {
    EXPECT_TRUE(http::AcceptsGzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "gzipped", "gzip;q=x"}) {
    EXPECT_FALSE(http::AcceptsGzip(no)) << no;
  }
}

TEST(Negotiate, AcceptHtml) {
  EXPECT_TRUE(http::AcceptsHtml("text/html,application/xhtml+xml,*/*;q=0.8"));
  EXPECT_FALSE(http::AcceptsHtml("*/*"));
  EXPECT_FALSE(http::AcceptsHtml("application/json"));
  EXPECT_FALSE(http::AcceptsHtml("text/html;q=0"));
}

TEST(Negotiate, EntityTags) {
  EXPECT_TRUE(http::MatchesETag("\"3\"", "\"3\""));
  EXPECT_TRUE(http::MatchesETag("W/\"3\"", "\"3\""));
  EXPECT_TRUE(http::MatchesETag("\"1\", \"3\"", "W/\"3\""));
  EXPECT_TRUE(http::MatchesETag("*", "\"3\""));
  EXPECT_FALSE(http::MatchesETag("\"4\"", "\"3\""));
  EXPECT_FALSE(http::MatchesETag("3", "\"3\""));
  EXPECT_FALSE(http::MatchesETag("", "\"3\""));
  EXPECT_FALSE(http::MatchesETag("*", ""));
}

TEST(Conditional, AnswersGetATagAnd304WhenItIsKnown) {
  http::Response first = JsonResponse(10);
  ApplyConditional({}, first);
  const std::string tag(first.headers.Get("ETag"));
  ASSERT_EQ(tag, http::ETagOf(*first.body));
  EXPECT_EQ(first.status, 200);

  http::Response again = JsonResponse(10);
  again.headers.Set("Cache-Control", "no-cache");
  ApplyConditional(With("if-none-match", tag), again);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, nullptr);
  EXPECT_EQ(again.headers.Get("ETag"), tag);
  EXPECT_EQ(again.headers.Get("Cache-Control"), "no-cache");
  EXPECT_FALSE(again.headers.Has("Content-Type"));
}

TEST(Conditional, A304VariesAsItsAnswerWould) {
  http::Response large = JsonResponse(2000);
  large.headers.Set("Vary", "Accept");
  ApplyConditional(With("if-none-match", "*"), large);
  EXPECT_EQ(large.status, 304);
  EXPECT_EQ(large.headers.Get("Vary"), "Accept, Accept-Encoding");

  http::Response small = JsonResponse(10);
  ApplyConditional(With("if-none-match", "*"), small);
  EXPECT_EQ(small.status, 304);
  EXPECT_FALSE(small.headers.Has("Vary"));
}

TEST(Conditional, AProblemHasNoTag) {
  http::Response response = JsonResponse(10);
  response.status = 404;
  ApplyConditional(With("if-none-match", "*"), response);
  EXPECT_EQ(response.status, 404);
  EXPECT_FALSE(response.headers.Has("ETag"));
}

TEST(Compression, OnlyForLargeTextToThoseWhoTakeIt) {
  http::Response large = JsonResponse(2000);
  large.headers.Set("ETag", "\"3\"");
  ApplyCompression(With("Accept-Encoding", "gzip"), large);
  EXPECT_EQ(large.headers.Get("Content-Encoding"), "gzip");
  EXPECT_EQ(large.headers.Get("Vary"), "Accept-Encoding");
  EXPECT_EQ(large.headers.Get("ETag"), "W/\"3\"");
  EXPECT_EQ(Gunzip(*large.body), std::string(2000, 'x'));

  http::Response unasked = JsonResponse(2000);
  ApplyCompression({}, unasked);
  EXPECT_FALSE(unasked.headers.Has("Content-Encoding"));
  EXPECT_EQ(unasked.headers.Get("Vary"), "Accept-Encoding");

  http::Response small = JsonResponse(1024);
  ApplyCompression(With("Accept-Encoding", "gzip"), small);
  EXPECT_FALSE(small.headers.Has("Content-Encoding"));

  http::Response image = JsonResponse(2000);
  image.headers.Set("Content-Type", "image/png");
  ApplyCompression(With("Accept-Encoding", "gzip"), image);
  EXPECT_FALSE(image.headers.Has("Content-Encoding"));
}

TEST(ResponseHead, AValueCannotBeginAFieldOfItsOwn) {
  http::Response response;
  response.headers.Set("X-Text", "a\r\nSet-Cookie: b");
  const std::string head = http::ResponseHead(response, {}, absl::UnixEpoch());
  EXPECT_EQ(head,
            "HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
            "X-Text: a  Set-Cookie: b\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, NoLengthWhereNoBodyCanBe) {
  for (const int status : {204, 304}) {
    http::Response response;
    response.status = status;
    EXPECT_EQ(http::ResponseHead(response, {}, absl::UnixEpoch()).find("Content-Length"),
              std::string::npos);
  }
}

TEST(SecurityHeaders, AreStrict) {
  http::Response response;
  AddSecurityHeaders(response);
  const std::string policy(response.headers.Get("Content-Security-Policy"));
  EXPECT_TRUE(policy.starts_with("default-src 'none';")) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(response.headers.Get("X-Content-Type-Options"), "nosniff");
}

}  // namespace
}  // namespace fails::gateway
