// SPDX-License-Identifier: Apache-2.0
#include "services/gateway/routes/shared/analysis_query.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace fails::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostListItems = 100;
constexpr std::size_t kMostTextBytes = 1024;
constexpr std::size_t kMostQuotedBytes = 200;

// Takes the fields of an object one by one and collects what is wrong with them.
class Fields {
 public:
  explicit Fields(const json::object& object) : object_(object), left_(object) {}

  std::string Text(std::string_view name) {
    const json::value* value = Take(name);
    if (!value || value->is_null()) return {};
    const auto text = TextOf(*value);
    if (!text) Fail(name, *value, "must be a string");
    return text.value_or("");
  }
  // As it would be typed.
  std::string Number(std::string_view name) {
    const json::value* value = Take(name);
    if (!value || value->is_null()) return {};
    if (!value->is_number()) {
      Fail(name, *value, "must be a number");
      return {};
    }
    return fmt::format("{}", value->to_number<double>());
  }
  std::vector<std::string> List(std::string_view name) {
    const json::value* value = Take(name);
    if (!value || value->is_null()) return {};
    const json::array* array = value->if_array();
    if (!array || array->size() > kMostListItems) {
      Fail(name, *value, fmt::format("must be a list of at most {} strings", kMostListItems));
      return {};
    }
    std::vector<std::string> items;
    for (const json::value& item : *array) {
      auto text = TextOf(item);
      if (!text || text->empty()) {
        Fail(name, item, "must hold strings that are not empty");
        return {};
      }
      items.push_back(*std::move(text));
    }
    return items;
  }

  std::optional<gateway::Problem> Problem() {
    for (const auto& [name, value] : left_) {
      Fail({name.data(), name.size()}, value, "is not a field of this request");
    }
    if (errors_.empty()) return std::nullopt;
    gateway::Problem problem{.status = 400, .errors = std::move(errors_)};
    problem.detail = problem.errors.size() == 1
                         ? fmt::format("the field '{}' {}", problem.errors.front().field,
                                       problem.errors.front().message)
                         : fmt::format("{} fields are not valid", problem.errors.size());
    return problem;
  }

 private:
  const json::value* Take(std::string_view name) {
    left_.erase({name.data(), name.size()});
    return object_.if_contains({name.data(), name.size()});
  }
  static std::optional<std::string> TextOf(const json::value& value) {
    const json::string* text = value.if_string();
    if (!text || text->size() > kMostTextBytes) return std::nullopt;
    return std::string(*text);
  }
  void Fail(std::string_view name, const json::value& value, std::string message) {
    errors_.push_back({std::string(name.substr(0, kMostQuotedBytes)),
                       json::serialize(value).substr(0, kMostQuotedBytes), std::move(message)});
  }

  const json::object& object_;
  json::object left_;
  std::vector<FieldError> errors_;
};

// From either source: all that is typed as text or as lists of it.
template <class Source>
v1::AnalysisQuery ReadTexts(Source& source) {
  v1::AnalysisQuery query;
  for (std::string& item : source.List("services")) query.add_services(std::move(item));
  query.set_from(source.Text("from"));
  query.set_to(source.Text("to"));
  query.set_tz(source.Text("tz"));
  for (std::string& item : source.List("include")) query.add_include(std::move(item));
  for (std::string& item : source.List("impact")) query.add_impact(std::move(item));
  query.set_basis(source.Text("basis"));
  query.set_start(source.Text("start"));
  query.set_now(source.Text("now"));
  return query;
}

}  // namespace

v1::AnalysisQuery ReadAnalysisQuery(routing::Params& params) {
  v1::AnalysisQuery query = ReadTexts(params);
  query.set_slo(params.Text("slo"));
  return query;
}

std::variant<v1::RunAnalysesRequest, Problem> ReadAnalysesRequest(std::string_view body) {
  json::object object;
  if (!body.empty()) {
    boost::system::error_code error;
    json::value value = json::parse({body.data(), body.size()}, error);
    if (error) return Problem::BadRequest(fmt::format("the body is not JSON: {}", error.message()));
    if (!value.is_object()) return Problem::BadRequest("the body is not a JSON object");
    object = std::move(value.get_object());
  }
  Fields fields(object);
  v1::RunAnalysesRequest request;
  for (std::string& item : fields.List("analyses")) request.add_ids(std::move(item));
  *request.mutable_query() = ReadTexts(fields);
  request.mutable_query()->set_slo(fields.Number("slo"));
  if (auto problem = fields.Problem()) return *std::move(problem);
  return request;
}

}  // namespace fails::gateway
