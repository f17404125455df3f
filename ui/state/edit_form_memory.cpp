#include "ui/state/edit_form_memory.h"

#include <algorithm>
#include <utility>

#include "core/base/json.h"

namespace b3o {
namespace {

constexpr const char* kValue = "edit.form";

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
    : QObject(parent),
      session_(session),
      model_(model),
      kept_(
          library, kValue,
          [this](const Fields* kept) {
            if (kept) {
              form_ = formOf(*kept);
              of_ = QString::fromStdString(kept->string("model"));
            }
            recall();
          },
          [this] { return textOf(*form_, of_); }) {
  connect(&session_, &EditSession::changed, this, &EditFormMemory::note);
  connect(&model_, &ModelState::loaded, this, &EditFormMemory::recall);
}

// Once, as soon as there are the kept values and a model that they are for.
void EditFormMemory::recall() {
  if (!kept_.known() || recalled_ || !model_.ready()) return;
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
  kept_.write();
}

}  // namespace b3o
