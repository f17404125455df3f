// The two pictures that are compared, where they come from, and the fields of their recipes that differ.
#pragma once

#include <QGridLayout>
#include <QScrollArea>
#include <QWidget>
#include <algorithm>
#include <array>

#include "ui/look/controls.h"
#include "ui/state/compare.h"

namespace b3o {

class ComparePanel : public QWidget {
  Q_OBJECT
 public:
  explicit ComparePanel(Compare& compare, QWidget* parent = nullptr);
  QPushButton* openButton(int side) const { return cards_[size_t(side)].open; }
  // Every line of the table as "field: left | right".
  QStringList lines() const;
  QString sentence() const { return numbers_->text(); }

 Q_SIGNALS:
  void openWanted(int side);

 private:
  struct Card {
    QWidget* box = nullptr;
    QWidget* picture = nullptr;
    Label *which = nullptr, *name = nullptr, *facts = nullptr;
    QPushButton* open = nullptr;
  };
  void build();
  Card buildCard(int side);
  void render();
  void list();
  void addLine(const QString& field, const QString& left, const QString& right);

  Compare& compare_;
  std::array<Card, 2> cards_;
  Label* differs_ = nullptr;
  Paragraph *numbers_ = nullptr, *about_ = nullptr;
  QWidget* table_ = nullptr;
  QGridLayout* grid_ = nullptr;
  std::vector<RecipeDifference> listed_;
};

}  // namespace b3o
