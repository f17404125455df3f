// Two pictures beside each other: how they lie on one another, where they differ in pixels and in their recipes.
#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <array>
#include <optional>
#include <vector>

#include "ui/bridge/picture.h"
#include "ui/state/background.h"

namespace b3o {

// A field of two recipes that is not the same. An empty text: that recipe has no such field.
struct RecipeDifference {
  QString field, left, right;
  bool operator==(const RecipeDifference&) const = default;
};
// In the order of the recipe's own fields; nothing where both are equal.
std::vector<RecipeDifference> differencesOf(const Recipe& left, const Recipe& right);

// The right picture as large as the left one: its sides keep their proportion, what stays free is transparent.
QImage matched(const QImage& picture, const QSize& size);

// Where two pictures of one size differ, brighter where they differ more: |left - right| a channel, four times as
// strong so that small differences are seen. changed: pixels that differ at all; largest: the largest difference.
struct PixelDifference {
  QImage picture;
  qint64 changed = 0, pixels = 0;
  int largest = 0;
};
PixelDifference differenceOf(const QImage& left, const QImage& right);

struct CompareSide {
  QString name;
  SharedImage image;             // null: there is none yet
  QImage shown;                  // shares its pixels
  std::optional<Recipe> recipe;  // of a picture that holds one
  QString error;                 // why the last picture could not be read: one sentence
  bool reading = false;
};

class Compare : public QObject {
  Q_OBJECT
 public:
  enum class View { slider, side_by_side, flip, difference };

  explicit Compare(QObject* parent = nullptr);

  // side: 0 left, 1 right.
  const CompareSide& side(int side) const { return sides_[size_t(side)]; }
  bool ready() const { return sides_[0].image && sides_[1].image; }
  void open(int side,
            const QString& path);  // reads it off this thread; a refused file leaves the picture that was there
  void set(int side, const QString& name, const SharedImage& image, const std::optional<Recipe>& recipe);
  void setBoth(CompareSide left, CompareSide right);  // each with its image
  void openBoth(const QString& left, const QString& right);
  // Files brought without a word where to: into the first free sides, then the right one.
  void bring(const QStringList& paths);
  void swap();
  void clear();

  View view() const { return view_; }
  void setView(View view);
  // Where the slider stands, as a part of the picture's width: left of it the left picture is shown.
  double position() const { return position_; }
  void setPosition(double position);
  bool flipped() const { return flipped_; }  // flip: the right one is shown
  void setFlipped(bool flipped);

  const QImage& right() const { return right_; }                     // the right picture at the left one's size
  const PixelDifference& difference() const { return difference_; }  // empty until it is computed
  std::vector<RecipeDifference> recipes() const;                     // fields that differ, where both have a recipe
  // What the numbers say: sizes that differ, pixels that differ. Empty until known.
  QString sentence() const;

 Q_SIGNALS:
  void changed();  // pictures, or what is known of them
  void viewChanged();

 private:
  void compute();

  Background background_;
  std::array<CompareSide, 2> sides_;
  std::array<uint64_t, 2> asked_{};  // number of the newest reading of each side
  uint64_t computed_ = 0;            // number of the newest pair
  View view_ = View::slider;
  double position_ = 0.5;
  bool flipped_ = false;
  QImage right_;
  PixelDifference difference_;
};

}  // namespace b3o
