// SPDX-License-Identifier: Apache-2.0
#include "tests/simulator/demo/texts.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace fails::simulator {

const char kInventedNote[] = "(Invented for a demonstration; it never happened.)";

namespace {

const std::map<std::string, std::vector<std::string>>& Symptoms() {
  static const std::map<std::string, std::vector<std::string>> kSymptoms = {
      {"none",
       {"Delayed usage reports on $", "Slow start of new sessions on $", "Late e-mails from $"}},
      {"minor",
       {"Elevated error rates on $", "Slow responses from $", "Degraded performance of $",
        "Some requests to $ time out", "Delayed streaming responses on $"}},
      {"major",
       {"Partial outage of $", "High error rates on $", "Authentication failures on $",
        "Uploads fail on $", "Timeouts on most requests to $"}},
      {"critical", {"Outage of $", "$ unavailable", "All requests to $ fail"}},
  };
  return kSymptoms;
}

const std::vector<std::string>& Causes() {
  static const std::vector<std::string> kCauses = {
      "a configuration change that gave two clusters the same name",
      "a cache that kept answers of the day before",
      "an expired certificate of an internal proxy",
      "a routing table that pointed one region at itself",
      "a queue that two schedulers emptied at once",
      "a database that ran out of connections during a vacuum",
      "a roll-out that restarted every model server in the same minute",
      "a rate limiter that counted every request twice",
      "a wave of traffic after a launch",
      "a network switch with a failing line card",
      "a cloud vendor's load balancer that dropped long requests",
      "a full disk on the servers that keep conversation history",
      "a migration that locked the table of sessions",
      "a mislabelled batch of accelerators",
  };
  return kCauses;
}

}  // namespace

std::string JoinNames(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    if (i > 0) text += !last ? ", " : names.size() == 2 ? " and " : ", and ";
    text += names[i];
  }
  return text;
}

IncidentTexts::IncidentTexts(const std::string& impact, const std::vector<std::string>& services,
                             Rng& rng)
    : services_(services.empty() ? "some services" : JoinNames(services)),
      cause_(rng.OneOf(Causes())) {
  const std::string& symptom = rng.OneOf(Symptoms().at(impact));
  symptom_ = absl::StrReplaceAll(symptom, {{"$", services_}});
  title_ = absl::StrCat("Demo: ", symptom_);
}

std::string IncidentTexts::Body(const std::string& status, bool first, bool again) const {
  std::string body;
  if (status == "investigating") {
    body = again ? "We are continuing to investigate this issue."
                 : absl::StrCat("We are investigating reports of: ", symptom_, ".");
  } else if (status == "identified") {
    body = again ? "We are continuing to work on a fix for this issue."
                 : absl::StrCat("We have traced this to ", cause_, " and are working on a fix.");
  } else if (status == "monitoring") {
    body = again ? "We are continuing to monitor for any further issues."
                 : absl::StrCat("A fix is in place. We are watching ", services_, " recover.");
  } else if (status == "resolved") {
    body = first ? absl::StrCat("Earlier today: ", symptom_, ". The cause was ", cause_,
                                ". All is well again.")
                 : absl::StrCat("This incident has been resolved. The cause was ", cause_, ".");
  } else {
    body =
        absl::StrCat("## Postmortem\r\n\r\nThe cause was ", cause_,
                     ". Alerts rang late; we have added one, and a test that would have found it.");
  }
  return first ? absl::StrCat(body, " ", kInventedNote) : body;
}

}  // namespace fails::simulator
