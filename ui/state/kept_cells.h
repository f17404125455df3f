// Which cells of the picture keep their tokens in a run with the mask as it is drawn now.
#pragma once

#include <QObject>
#include <QRect>
#include <QTimer>
#include <algorithm>
#include <vector>

#include "ui/state/edit_session.h"

namespace b3o {

struct KeptCells {
  QRect part;              // of the picture: what is read; the grid lies over it
  int side = 0;            // cells a side; 0: nothing is locked
  std::vector<bool> kept;  // row by row
  int count() const { return int(std::count(kept.begin(), kept.end(), true)); }
  bool operator==(const KeptCells&) const = default;
};
// Takes a while on a large mask that is to grow.
KeptCells keptCells(const EditForm& form, const MaskDocument& mask, const Capabilities& can);

// Follows the session. It works off the window's thread, also while a stroke is drawn.
class KeptCellsWatch : public QObject {
  Q_OBJECT
 public:
  KeptCellsWatch(EditSession& session, ModelState& model, QObject* parent = nullptr);
  const KeptCells& now() const { return now_; }

 Q_SIGNALS:
  void changed();

 private:
  void look();
  void take(KeptCells cells);

  EditSession& session_;
  ModelState& model_;
  Background background_;
  QTimer pause_;
  bool busy_ = false, again_ = false;
  KeptCells now_;
};

}  // namespace b3o
