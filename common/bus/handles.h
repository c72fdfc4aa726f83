// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nats/nats.h>

#include <memory>

// Owners of what nats.c hands out. For this folder only.
namespace fails::bus {

template <auto Destroy>
struct Destroyer {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};

using OptionsHandle = std::unique_ptr<natsOptions, Destroyer<natsOptions_Destroy>>;
using MsgHandle = std::unique_ptr<natsMsg, Destroyer<natsMsg_Destroy>>;
using SubscriptionHandle = std::unique_ptr<natsSubscription, Destroyer<natsSubscription_Destroy>>;
using StatisticsHandle = std::unique_ptr<natsStatistics, Destroyer<natsStatistics_Destroy>>;
using PubAckHandle = std::unique_ptr<jsPubAck, Destroyer<jsPubAck_Destroy>>;
using MetaDataHandle = std::unique_ptr<jsMsgMetaData, Destroyer<jsMsgMetaData_Destroy>>;
using StreamInfoHandle = std::unique_ptr<jsStreamInfo, Destroyer<jsStreamInfo_Destroy>>;
using ConsumerInfoHandle = std::unique_ptr<jsConsumerInfo, Destroyer<jsConsumerInfo_Destroy>>;
using KvHandle = std::unique_ptr<kvStore, Destroyer<kvStore_Destroy>>;
using KvEntryHandle = std::unique_ptr<kvEntry, Destroyer<kvEntry_Destroy>>;

}  // namespace fails::bus
