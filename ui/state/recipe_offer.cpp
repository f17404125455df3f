#include "ui/state/recipe_offer.h"

#include <QFileInfo>

#include "core/api/picture_file.h"
#include "ui/bridge/picture.h"

namespace b3o {
namespace {

constexpr int kMostWords = 80;

}  // namespace

void RecipeOffer::read(const QString& path) {
  struct Read {
    std::optional<Recipe> recipe;
    QString error;
  };
  background_.run(
      [path]() -> Read {
        try {
          return {read_recipe(toPath(path)), {}};
        } catch (const std::exception& e) {
          return {{}, QString::fromUtf8(e.what())};
        }
      },
      [this, path](Read read) {
        recipe_ = std::move(read.recipe);
        message_ = read.error;
        if (recipe_) {
          QString prompt = QString::fromStdString(recipe_->prompt);
          if (prompt.size() > kMostWords) prompt = prompt.left(kMostWords) + u'…';
          message_ = [file = QFileInfo(path).fileName(), prompt, seed = recipe_->seed] {
            return tr("%1 holds a recipe: \"%2\", seed %3.").arg(file, prompt).arg(seed);
          };
        }
        Q_EMIT changed();
      });
}

void RecipeOffer::clear() {
  recipe_.reset();
  message_ = {};
  Q_EMIT changed();
}

}  // namespace b3o
