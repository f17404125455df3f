// What an empty page shows: a title, a sentence, and examples or a button that act on a click.
#pragma once

#include <QVBoxLayout>
#include <QWidget>
#include <string>
#include <vector>

#include "ui/look/controls.h"

namespace b3o {

// The first of a model's own examples, or the page's where it has none.
QStringList examplesOf(const std::vector<std::string>& own, const QStringList& otherwise);

class EmptyPage : public QWidget {
  Q_OBJECT
 public:
  explicit EmptyPage(QWidget* parent = nullptr);
  void setTitle(const QString& title);
  void setSentence(const QString& sentence);
  void setExamples(const QStringList& examples);
  void setAction(const QString& text);  // empty: no button
  QPushButton* action() const { return action_; }
  const std::vector<QPushButton*>& examples() const { return examples_; }

 Q_SIGNALS:
  void exampleChosen(const QString& text);

 private:
  Paragraph* title_;
  Paragraph* sentence_;
  QPushButton* action_;
  QVBoxLayout* list_;
  QStringList texts_;
  std::vector<QPushButton*> examples_;
};

}  // namespace b3o
