#include "ui/state/form_memory.h"

#include "core/base/json.h"

namespace b3o {
namespace {

constexpr const char* kValue = "create.form";

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

FormMemory::FormMemory(Library& library, QObject* parent)
    : QObject(parent),
      kept_(library, kValue, [this](const Fields* kept) { take(kept); }, [this] { return to_json(form_, model_); }) {}

void FormMemory::take(const Fields* kept) {
  if (!kept) return;
  form_ = form_of(*kept);
  model_ = QString::fromStdString(kept->string("model"));
  Q_EMIT recalled();
}

void FormMemory::note(const CreateForm& form, const QString& model) {
  if (!kept_.known()) return;
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
  kept_.write();
}

}  // namespace b3o
