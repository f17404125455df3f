#include "ui/state/compare.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace b3o {
namespace {

constexpr int kStronger = 4;

// The recipe's fields in the user's words, in the order in which they are listed; any other comes after them under its
// own name.
struct FieldName {
  const char *key, *name;
};
constexpr FieldName kFields[] = {
    {"task", QT_TRANSLATE_NOOP("b3o::Compare", "Task")},
    {"prompt", QT_TRANSLATE_NOOP("b3o::Compare", "Words")},
    {"user_text", QT_TRANSLATE_NOOP("b3o::Compare", "Whole text")},
    {"seed", QT_TRANSLATE_NOOP("b3o::Compare", "Seed")},
    {"plan.steps", QT_TRANSLATE_NOOP("b3o::Compare", "Plan steps")},
    {"plan.guidance", QT_TRANSLATE_NOOP("b3o::Compare", "Plan guidance")},
    {"plan.exact_times", QT_TRANSLATE_NOOP("b3o::Compare", "Exact times")},
    {"paint.sampler", QT_TRANSLATE_NOOP("b3o::Compare", "Paint sampler")},
    {"paint.spacing", QT_TRANSLATE_NOOP("b3o::Compare", "Paint spacing")},
    {"paint.steps", QT_TRANSLATE_NOOP("b3o::Compare", "Paint steps")},
    {"paint.guidance", QT_TRANSLATE_NOOP("b3o::Compare", "Paint guidance")},
    {"paint.width", QT_TRANSLATE_NOOP("b3o::Compare", "Width")},
    {"paint.height", QT_TRANSLATE_NOOP("b3o::Compare", "Height")},
    {"paint.original_width", QT_TRANSLATE_NOOP("b3o::Compare", "Told width")},
    {"paint.original_height", QT_TRANSLATE_NOOP("b3o::Compare", "Told height")},
    {"paint.crop_left", QT_TRANSLATE_NOOP("b3o::Compare", "Told crop left")},
    {"paint.crop_top", QT_TRANSLATE_NOOP("b3o::Compare", "Told crop above")},
    {"edit.mode", QT_TRANSLATE_NOOP("b3o::Compare", "Edit")},
    {"edit.path", QT_TRANSLATE_NOOP("b3o::Compare", "Way of the words")},
    {"edit.caption", QT_TRANSLATE_NOOP("b3o::Compare", "Description")},
    {"edit.token_strength", QT_TRANSLATE_NOOP("b3o::Compare", "Content")},
    {"edit.blend", QT_TRANSLATE_NOOP("b3o::Compare", "Between the pictures")},
    {"edit.resampling", QT_TRANSLATE_NOOP("b3o::Compare", "Repeats")},
    {"edit.keep_cells", QT_TRANSLATE_NOOP("b3o::Compare", "Keep untouched cells")},
    {"edit.soft_mask", QT_TRANSLATE_NOOP("b3o::Compare", "Soft mark")},
    {"edit.crop", QT_TRANSLATE_NOOP("b3o::Compare", "Only around the mark")},
    {"edit.padding", QT_TRANSLATE_NOOP("b3o::Compare", "Surroundings in pixels")},
    {"edit.extend.left", QT_TRANSLATE_NOOP("b3o::Compare", "New canvas left")},
    {"edit.extend.top", QT_TRANSLATE_NOOP("b3o::Compare", "New canvas above")},
    {"edit.extend.right", QT_TRANSLATE_NOOP("b3o::Compare", "New canvas right")},
    {"edit.extend.bottom", QT_TRANSLATE_NOOP("b3o::Compare", "New canvas below")},
    {"strength", QT_TRANSLATE_NOOP("b3o::Compare", "Strength")},
    {"grow", QT_TRANSLATE_NOOP("b3o::Compare", "Grow")},
    {"feather", QT_TRANSLATE_NOOP("b3o::Compare", "Feather")},
    {"source_sha256", QT_TRANSLATE_NOOP("b3o::Compare", "Source picture")},
    {"second_sha256", QT_TRANSLATE_NOOP("b3o::Compare", "Other picture")},
    {"mask_sha256", QT_TRANSLATE_NOOP("b3o::Compare", "Mask")},
    {"model.name", QT_TRANSLATE_NOOP("b3o::Compare", "Model")},
    {"model.hash", QT_TRANSLATE_NOOP("b3o::Compare", "Model's hash")},
    {"device", QT_TRANSLATE_NOOP("b3o::Compare", "Device")},
    {"number_type", QT_TRANSLATE_NOOP("b3o::Compare", "Numbers")},
    {"program.version", QT_TRANSLATE_NOOP("b3o::Compare", "Program")},
};

using FieldTexts = std::vector<std::pair<QString, QString>>;

QString textOf(const QJsonValue& value) {
  if (value.isBool()) return value.toBool() ? Compare::tr("yes") : Compare::tr("no");
  if (value.isString()) return value.toString();
  if (value.isDouble()) return QString::number(value.toDouble(), 'g', 12);
  if (value.isArray()) return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
  return {};
}

void flatten(const QJsonObject& object, const QString& prefix, FieldTexts& out) {
  for (auto it = object.begin(); it != object.end(); ++it) {
    if (it->isObject())
      flatten(it->toObject(), prefix + it.key() + u'.', out);
    else
      out.emplace_back(prefix + it.key(), textOf(*it));
  }
}

FieldTexts fieldsOf(const Recipe& recipe) {
  FieldTexts out;
  flatten(QJsonDocument::fromJson(QByteArray::fromStdString(to_json(recipe))).object(), {}, out);
  // A seed has 64 bits, more than a number of JSON keeps here.
  for (auto& [key, text] : out)
    if (key == QLatin1String("seed")) text = QString::number(recipe.seed);
  return out;
}

size_t orderOf(const QString& key) {
  const auto* at = std::find_if(std::begin(kFields), std::end(kFields),
                                [&](const FieldName& field) { return key == QLatin1String(field.key); });
  return size_t(at - std::begin(kFields));
}

QString nameOf(const QString& key) {
  const size_t at = orderOf(key);
  return at < std::size(kFields) ? Compare::tr(kFields[at].name) : key;
}

const QString* find(const FieldTexts& fields, const QString& key) {
  for (const auto& [name, text] : fields)
    if (name == key) return &text;
  return nullptr;
}

}  // namespace

std::vector<RecipeDifference> differencesOf(const Recipe& left, const Recipe& right) {
  const FieldTexts a = fieldsOf(left), b = fieldsOf(right);
  QStringList keys;
  for (const auto& [key, text] : a) keys << key;
  for (const auto& [key, text] : b)
    if (!keys.contains(key)) keys << key;
  std::stable_sort(keys.begin(), keys.end(),
                   [](const QString& x, const QString& y) { return orderOf(x) < orderOf(y); });
  std::vector<RecipeDifference> out;
  for (const auto& key : keys) {
    const QString *x = find(a, key), *y = find(b, key);
    const QString l = x ? *x : QString(), r = y ? *y : QString();
    if (l != r) out.push_back({nameOf(key), l, r});
  }
  return out;
}

QImage matched(const QImage& picture, const QSize& size) {
  if (picture.size() == size || picture.isNull() || size.isEmpty()) return picture;
  QImage out(size, QImage::Format_ARGB32_Premultiplied);
  out.fill(Qt::transparent);
  const QImage fitted = picture.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
  QPainter(&out).drawImage((size.width() - fitted.width()) / 2, (size.height() - fitted.height()) / 2, fitted);
  return out;
}

PixelDifference differenceOf(const QImage& left, const QImage& right) {
  PixelDifference out;
  if (left.isNull() || left.size() != right.size()) return out;
  const QImage a = left.convertToFormat(QImage::Format_RGB888);
  const QImage b = right.convertToFormat(QImage::Format_RGB888);
  out.picture = QImage(a.size(), QImage::Format_RGB888);
  out.pixels = qint64(a.width()) * a.height();
  for (int y = 0; y < a.height(); ++y) {
    const uchar *p = a.constScanLine(y), *q = b.constScanLine(y);
    uchar* to = out.picture.scanLine(y);
    for (int x = 0; x < a.width(); ++x) {
      int most = 0;
      for (int k = 0; k < 3; ++k) {
        const int d = std::abs(int(p[3 * x + k]) - int(q[3 * x + k]));
        most = std::max(most, d);
        to[3 * x + k] = uchar(std::min(255, d * kStronger));
      }
      out.changed += most > 0;
      out.largest = std::max(out.largest, most);
    }
  }
  return out;
}

Compare::Compare(QObject* parent) : QObject(parent) {}

void Compare::open(int side, const QString& path) {
  struct Read {
    BroughtPicture picture;
    std::optional<Recipe> recipe;
  };
  const uint64_t number = ++asked_[size_t(side)];
  sides_[size_t(side)].reading = true;
  Q_EMIT changed();
  background_.run(
      [path]() -> Read {
        Read out{readPicture(path), {}};
        if (!out.picture.image) return out;
        try {
          out.recipe = read_recipe(toPath(path));
        } catch (const std::exception&) {
          // A picture of another program has none, and that is no failure.
        }
        return out;
      },
      [this, side, path, number](Read read) {
        if (number != asked_[size_t(side)]) return;  // another one was opened since
        if (read.picture.image) return set(side, QFileInfo(path).fileName(), read.picture.image, read.recipe);
        sides_[size_t(side)].reading = false;
        sides_[size_t(side)].error = read.picture.error;
        Q_EMIT changed();
      });
}

void Compare::set(int side, const QString& name, const SharedImage& image, const std::optional<Recipe>& recipe) {
  ++asked_[size_t(side)];
  sides_[size_t(side)] = {name, image, toQImage(image), recipe, {}, false};
  compute();
}

void Compare::setBoth(CompareSide left, CompareSide right) {
  for (auto& number : asked_) ++number;
  sides_ = {std::move(left), std::move(right)};
  for (auto& side : sides_) side.shown = toQImage(side.image);
  compute();
}

void Compare::openBoth(const QString& left, const QString& right) {
  open(0, left);
  open(1, right);
}

void Compare::bring(const QStringList& paths) {
  if (paths.size() >= 2) return openBoth(paths[0], paths[1]);
  if (paths.isEmpty()) return;
  const bool left_free = !sides_[0].image && !sides_[0].reading;
  open(left_free ? 0 : 1, paths[0]);
}

void Compare::swap() {
  std::swap(sides_[0], sides_[1]);
  for (auto& number : asked_) ++number;
  for (auto& side : sides_) side.reading = false;
  compute();
}

void Compare::clear() {
  for (auto& number : asked_) ++number;
  sides_ = {};
  compute();
}

// What takes time (a large picture has sixteen million pixels) is done elsewhere; what was known of the last pair goes.
void Compare::compute() {
  const uint64_t number = ++computed_;
  right_ = {};
  difference_ = {};
  if (ready()) {
    struct Computed {
      QImage right;
      PixelDifference difference;
    };
    if (sides_[0].shown.size() == sides_[1].shown.size()) right_ = sides_[1].shown;
    background_.run(
        [left = sides_[0].shown, right = sides_[1].shown]() -> Computed {
          Computed out{matched(right, left.size()), {}};
          out.difference = differenceOf(left, out.right);
          return out;
        },
        [this, number](Computed computed) {
          if (number != computed_) return;
          right_ = computed.right;
          difference_ = std::move(computed.difference);
          Q_EMIT changed();
        });
  }
  Q_EMIT changed();
}

void Compare::setView(View view) {
  if (view == view_) return;
  view_ = view;
  flipped_ = false;
  Q_EMIT viewChanged();
}

void Compare::setPosition(double position) {
  position = std::clamp(position, 0.0, 1.0);
  if (position == position_) return;
  position_ = position;
  Q_EMIT viewChanged();
}

void Compare::setFlipped(bool flipped) {
  if (flipped == flipped_) return;
  flipped_ = flipped;
  Q_EMIT viewChanged();
}

std::vector<RecipeDifference> Compare::recipes() const {
  if (!sides_[0].recipe || !sides_[1].recipe) return {};
  return differencesOf(*sides_[0].recipe, *sides_[1].recipe);
}

QString Compare::sentence() const {
  if (!ready() || !difference_.pixels) return {};
  QStringList parts;
  const QSize a = sides_[0].shown.size(), b = sides_[1].shown.size();
  if (a != b)
    parts << tr("The right picture (%1 × %2) is shown at the size of the left one (%3 × %4).")
                 .arg(b.width())
                 .arg(b.height())
                 .arg(a.width())
                 .arg(a.height());
  if (!difference_.changed)
    parts << tr("Every pixel is equal.");
  else
    parts << tr("%L1 of %L2 pixels differ (%3 %), the most by %4 of 255.")
                 .arg(difference_.changed)
                 .arg(difference_.pixels)
                 .arg(QString::number(100.0 * double(difference_.changed) / double(difference_.pixels), 'f', 1))
                 .arg(difference_.largest);
  return parts.join(u' ');
}

}  // namespace b3o
