// A picture that is attached to the next question: reading, a thumbnail, or why it could not be read.
#pragma once

#include <QWidget>

#include "ui/state/session.h"

namespace b3o {

class AttachmentChip : public QWidget {
  Q_OBJECT
 public:
  explicit AttachmentChip(const Attachment& attachment, QWidget* parent = nullptr);

 Q_SIGNALS:
  void removed();

 protected:
  void paintEvent(QPaintEvent* event) override;
};

}  // namespace b3o
