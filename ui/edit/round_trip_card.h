// The picture as the model keeps it, before anything is edited, and how the model reads it.
#pragma once

#include <QWidget>

#include "ui/look/controls.h"
#include "ui/state/edit_session.h"

namespace b3o {

// How a source was read, as a sentence; empty when it was read as it is.
QString readingText(const SourceView& view);

class RoundTripCard : public QWidget {
  Q_OBJECT
 public:
  explicit RoundTripCard(EditSession& session, QWidget* parent = nullptr);
  QString title() const { return title_->text(); }
  QString text() const { return text_->text(); }
  QPushButton* compareButton() const { return compare_; }

 Q_SIGNALS:
  void compareWanted();  // the source with its round trip

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void render();

  EditSession& session_;
  QImage small_;
  qint64 small_key_ = 0;
  Label* title_;
  Paragraph* text_;
  QPushButton* compare_;
};

}  // namespace b3o
