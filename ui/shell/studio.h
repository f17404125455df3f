// Everything of the program that is no widget, in the order in which it depends on itself.
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/state/chat_check.h"
#include "ui/state/compare.h"
#include "ui/state/conversation.h"
#include "ui/state/conversation_export.h"
#include "ui/state/conversation_list.h"
#include "ui/state/draw_queue.h"
#include "ui/state/edit_form_memory.h"
#include "ui/state/edit_list.h"
#include "ui/state/form_memory.h"
#include "ui/state/gallery.h"
#include "ui/state/idle_unload.h"
#include "ui/state/image_job.h"
#include "ui/state/job_line.h"
#include "ui/state/library.h"
#include "ui/state/memory_meter.h"
#include "ui/state/model_state.h"
#include "ui/state/picture_export.h"
#include "ui/state/prompt_book.h"
#include "ui/state/recipe_offer.h"
#include "ui/state/sample_drawing.h"
#include "ui/state/self_check.h"

namespace b3o {

struct Studio {
  Library library;  // first: what is written at the end is still written
  EngineBridge bridge;
  JobLine line{bridge};  // first to hear of a job
  ModelState model{bridge};
  IdleUnload idle{bridge, line, model};
  Conversation conversation{bridge, model};
  DrawQueue queue{library};
  PromptBook prompts{library};
  FormMemory form{library};
  ImageJob drawing{bridge, model, queue};
  RecipeOffer offer;
  SelfCheck check{bridge, model, drawing};
  ChatCheck chat_check{conversation, check};
  Gallery gallery{library, bridge, model};
  SampleDrawing edit_sample{bridge, model}, compare_sample{bridge, model};
  Compare compare;
  PictureExport out;
  MemoryMeter memory;
  ConversationList conversations{conversation, shelfOver(library.store())};
  ConversationExport talk_out{conversations};
  EditSession editing{library, bridge, model};
  EditFormMemory edit_form{library, editing, model};
  EditList edits{library, editing, conversation};

  // Without an opened store nothing is kept.
  explicit Studio(EngineOptions options, OpenedStore opened = {})
      : library(std::move(opened)), bridge(std::move(options)) {}
};

}  // namespace b3o
