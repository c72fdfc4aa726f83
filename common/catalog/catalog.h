// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/domain/ids.h"
#include "common/domain/report.h"

namespace fails::catalog {

// How a page may name a service. Matched by id first; then by any of the names, in any case.
struct ComponentMatch {
  std::string id;    // may be empty
  std::string name;  // may be empty
};

struct Service {
  ServiceId id;  // full: "openai/api"
  std::string name;
  ProviderId provider;
  std::vector<ComponentMatch> components;
};

enum class PageStatus { kActive, kDormant };

struct Page {
  PageId id;
  ProviderId provider;
  std::string platform;                  // an id of common/platforms
  std::string url;                       // without trailing slash
  std::vector<std::string> former_urls;  // its earlier addresses
  absl::Duration interval;
  PageStatus status = PageStatus::kActive;
};

struct Provider {
  ProviderId id;
  std::string name;
  std::string color;  // "#rrggbb"
  std::string website;
  std::vector<std::string> aliases;  // what data sets call it
  std::vector<Service> services;
  std::vector<Page> pages;
};

// What is watched, read once from YAML and then immutable. Order is the file's order everywhere.
class Catalog {
 public:
  // INVALID_ARGUMENT lists every mistake with its line: unknown keys, missing fields, bad slugs,
  // repeated ids, components and aliases of two, unknown platforms, URLs that are not http(s).
  static absl::StatusOr<Catalog> Load(const std::string& path);
  static absl::StatusOr<Catalog> Parse(const std::string& yaml);

  const std::string& notice() const { return notice_; }
  const std::vector<Provider>& providers() const { return providers_; }

  // Null when unknown. Pointers live as long as the catalog.
  const Provider* FindProvider(const ProviderId& id) const;
  const Service* FindService(const ServiceId& id) const;
  const Page* FindPage(const PageId& id) const;

  // The provider that a data set names: by its id, else by its name or an alias, of which only
  // letters and digits count, in any case ("characterai", "Character.AI"). Null when unknown.
  const Provider* ProviderNamed(std::string_view name) const;

  // The service of `provider` that a page's component stands for; null when the catalog knows none.
  // A component whose id is a full service id is that service. Names match in any case.
  const Service* MapComponent(const ProviderId& provider, const ComponentRef& component) const;

  // Whether a component has its service by a name alone for which the catalog knows another id: it
  // was made anew, or another one bears its name.
  bool IsMadeAnew(const ProviderId& provider, const ComponentRef& component) const;

  // All, in catalog order.
  std::vector<const Page*> Pages() const;
  std::vector<const Service*> Services() const;

 private:
  std::string notice_;
  std::vector<Provider> providers_;
};

}  // namespace fails::catalog
