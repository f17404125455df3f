// Everything of the program that is no widget, in the order in which it depends on itself.
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/state/conversation.h"
#include "ui/state/image_job.h"
#include "ui/state/job_line.h"
#include "ui/state/memory_meter.h"
#include "ui/state/model_state.h"
#include "ui/state/picture_export.h"

namespace b3o {

struct Studio {
  EngineBridge bridge;
  JobLine line{bridge};  // first to hear of a job
  ModelState model{bridge};
  Conversation conversation{bridge, model};
  ImageJob drawing{bridge, model};
  PictureExport out;
  MemoryMeter memory;

  explicit Studio(EngineOptions options = {}) : bridge(std::move(options)) {}
};

}  // namespace b3o
