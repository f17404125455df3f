// A file that was dropped on Create: the recipe inside it, offered until it is taken or refused.
#pragma once

#include <QObject>
#include <QString>
#include <optional>

#include "core/api/recipe.h"
#include "ui/state/background.h"
#include "ui/state/phrase.h"

namespace b3o {

class RecipeOffer : public QObject {
  Q_OBJECT
 public:
  explicit RecipeOffer(QObject* parent = nullptr) : QObject(parent) {}

  void read(const QString& path);
  const std::optional<Recipe>& recipe() const { return recipe_; }
  QString message() const { return message_.text(); }  // what is offered, or why nothing is; empty: no file was dropped
  void clear();

 Q_SIGNALS:
  void changed();

 private:
  Background background_;
  std::optional<Recipe> recipe_;
  Phrase message_;
};

}  // namespace b3o
