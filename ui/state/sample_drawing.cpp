#include "ui/state/sample_drawing.h"

#include <memory>
#include <utility>
#include <variant>

#include "ui/state/create_form.h"

namespace b3o {

SampleDrawing::SampleDrawing(EngineBridge& bridge, ModelState& model, QObject* parent)
    : QObject(parent), bridge_(bridge), model_(model) {
  connect(&bridge_, &EngineBridge::arrived, this, &SampleDrawing::arrive);
}

void SampleDrawing::start(const QString& prompt, int count) {
  if (!model_.ready() || !model_.can().draw) return;
  stop();
  CreateForm form = withDefaults({}, model_.can());
  form.prompt = prompt;
  GenerateRequest request;
  request.recipe = toRecipe(form);
  request.count = count;
  error_.clear();
  job_ = bridge_.submit(std::move(request));
  Q_EMIT changed();
}

void SampleDrawing::stop() {
  if (!job_) return;
  bridge_.cancel(std::exchange(job_, 0));
  Q_EMIT changed();
}

void SampleDrawing::arrive(JobId id, const Event& event) {
  if (id != job_) return;
  if (const auto* ready = std::get_if<ImageReady>(&event))
    Q_EMIT drawn(ready->picture, std::make_shared<const Image>(ready->image), ready->recipe);
  if (const auto* failed = std::get_if<Failed>(&event)) error_ = QString::fromUtf8(failed->message);
  if (!is_terminal(event) || id != job_) return;
  job_ = 0;
  Q_EMIT changed();
}

}  // namespace b3o
