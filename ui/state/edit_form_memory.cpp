#include "ui/state/edit_form_memory.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace b3o {
namespace {

constexpr const char* kValue = "edit.form";
constexpr int kPauseMs = 400;

// The recipe's own JSON holds what becomes of the form.
std::string textOf(const EditForm& form, const QString& model) {
  Recipe recipe;
  recipe.task = "edit";
  recipe.prompt = form.words.toStdString();
  recipe.edit = form.settings;
  recipe.strength = form.strength;
  recipe.grow = form.grow;
  recipe.feather = form.feather;
  recipe.plan = form.plan;
  recipe.paint = form.paint;
  Json j;
  j["format"] = 1;
  j["model"] = model.toStdString();
  j["recipe"] = to_json(recipe);
  j["seed"] = form.seed.toStdString();
  j["count"] = form.count;
  j["film"] = form.film;
  j["whole"] = form.whole;
  return j.dump(-1, ' ', false, Json::error_handler_t::replace);
}

EditForm formOf(const Fields& fields) {
  const Recipe recipe = recipe_from_json(fields.string("recipe"), fields.where());
  EditForm form;
  form.settings = recipe.edit;
  form.words = QString::fromStdString(recipe.prompt);
  form.strength = recipe.strength;
  form.grow = recipe.grow;
  form.feather = recipe.feather;
  form.plan = recipe.plan;
  form.paint = recipe.paint;
  form.seed = QString::fromStdString(fields.string("seed"));
  form.count = int(fields.integer_in("count", 1, kMostProposals));
  form.film = fields.boolean("film");
  form.whole = fields.boolean("whole");
  return form;
}

// What belongs to a picture and not to the next one.
EditForm withoutPicture(EditForm form) {
  EditSettings& s = form.settings;
  s.left = s.top = s.right = s.bottom = 0;
  s.path.clear();
  s.caption.clear();
  return form;
}

}  // namespace

EditFormMemory::EditFormMemory(Library& library, EditSession& session, ModelState& model, QObject* parent)
    : QObject(parent), library_(library), session_(session), model_(model) {
  pause_.setSingleShot(true);
  pause_.setInterval(kPauseMs);
  connect(&pause_, &QTimer::timeout, this, &EditFormMemory::write);
  connect(&session_, &EditSession::changed, this, &EditFormMemory::note);
  connect(&model_, &ModelState::loaded, this, &EditFormMemory::recall);
  library_.run(
      this, [](Store& store) { return store.value(kValue); },
      [this](const std::string& text) {
        read_ = true;
        try {
          if (!text.empty()) {
            const Json json = parse_json(text, "the kept edit form");
            const Fields fields(json, "the kept edit form");
            form_ = formOf(fields);
            of_ = QString::fromStdString(fields.string("model"));
          }
        } catch (const LoadError& e) {
          log_warning(e.what());
        }
        recall();
      });
}

EditFormMemory::~EditFormMemory() {
  if (pause_.isActive()) write();
}

// Once, as soon as there are the kept values and a model that they are for.
void EditFormMemory::recall() {
  if (!read_ || recalled_ || !model_.ready()) return;
  recalled_ = true;
  if (!form_) return;
  const auto& modes = model_.can().edit_modes;
  if (std::find(modes.begin(), modes.end(), form_->settings.mode) == modes.end()) return;
  EditForm next = *form_;
  if (of_ != QString::fromStdString(model_.info().hash)) {
    next = session_.form();
    next.settings.mode = form_->settings.mode;
    next.words = form_->words;
    next.count = form_->count;
    next = withDefaults(next, model_.can());
  }
  session_.setForm(next);
}

void EditFormMemory::note() {
  if (!recalled_ || !model_.ready()) return;
  EditForm next = withoutPicture(session_.form());
  const QString of = QString::fromStdString(model_.info().hash);
  if (form_ == next && of == of_) return;
  form_ = std::move(next);
  of_ = of;
  pause_.start();
}

void EditFormMemory::write() {
  pause_.stop();
  library_.run([text = textOf(*form_, of_)](Store& store) { store.set_value(kValue, text); });
}

}  // namespace b3o
