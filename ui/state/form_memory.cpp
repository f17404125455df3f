#include "ui/state/form_memory.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace b3o {
namespace {

constexpr const char* kValue = "create.form";
constexpr int kPauseMs = 400;

std::string to_json(const CreateForm& form, const QString& model) {
  Json j;
  j["format"] = 1;
  j["prompt"] = form.prompt.toStdString();
  j["count"] = form.count;
  j["seed"] = form.seed.toStdString();
  j["model"] = model.toStdString();
  j["plan_steps"] = form.plan_steps;
  j["plan_guidance"] = form.plan_guidance;
  j["exact_times"] = form.exact_times;
  j["sampler"] = form.sampler.toStdString();
  j["paint_steps"] = form.paint_steps;
  j["paint_guidance"] = form.paint_guidance;
  j["width"] = form.width;
  j["height"] = form.height;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

CreateForm form_of(const Fields& fields) {
  constexpr int64_t kMost = 1 << 20;
  CreateForm form;
  form.prompt = QString::fromStdString(fields.string("prompt"));
  form.count = int(fields.integer_in("count", 1, kMost));
  form.seed = QString::fromStdString(fields.string("seed"));
  form.plan_steps = int(fields.integer_in("plan_steps", 0, kMost));
  form.plan_guidance = fields.number("plan_guidance");
  form.exact_times = fields.boolean("exact_times");
  form.sampler = QString::fromStdString(fields.string("sampler"));
  form.paint_steps = int(fields.integer_in("paint_steps", 0, kMost));
  form.paint_guidance = fields.number("paint_guidance");
  form.width = int(fields.integer_in("width", 0, kMost));
  form.height = int(fields.integer_in("height", 0, kMost));
  return form;
}

}  // namespace

FormMemory::FormMemory(Library& library, QObject* parent) : QObject(parent), library_(library) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &FormMemory::write);
  library_.run(
      this, [](Store& store) { return store.value(kValue); },
      [this](const std::string& text) {
        known_ = true;
        if (text.empty()) return;
        try {
          const Json json = parse_json(text, "the kept form");
          const Fields fields(json, "the kept form");
          form_ = form_of(fields);
          model_ = QString::fromStdString(fields.string("model"));
        } catch (const LoadError& e) {
          return log_warning(e.what());
        }
        Q_EMIT recalled();
      });
}

FormMemory::~FormMemory() {
  if (pause_.isActive()) write();
}

void FormMemory::note(const CreateForm& form, const QString& model) {
  if (!known_) return;
  CreateForm next = form;
  if (model.isEmpty()) {
    next = form_;
    next.prompt = form.prompt;
    next.count = form.count;
    next.seed = form.seed;
  }
  const QString of = model.isEmpty() ? model_ : model;
  if (next == form_ && of == model_) return;  // a page that is only drawn again must not put the writing off
  form_ = next;
  model_ = of;
  pause_.start();
}

void FormMemory::write() {
  pause_.stop();
  library_.run([json = to_json(form_, model_)](Store& store) { store.set_value(kValue, json); });
}

}  // namespace b3o
