#include "ui/look/theme.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QStyleFactory>
#include <algorithm>
#include <cmath>

// Outside any namespace, as the resource compiler declares it; a static library's resources are not found without it.
static void loadResources() { Q_INIT_RESOURCE(app); }

namespace b3o {
namespace {

const Tokens kDark{.window = QColor(0x15171C),
                   .panel = QColor(0x1C1F26),
                   .raised = QColor(0x262A33),
                   .line = QColor(0x343945),
                   .text = QColor(0xE8EAEF),
                   .secondary = QColor(0xA3ABBA),
                   .accent = QColor(0x7C9CFF),
                   .good = QColor(0x5CC28A),
                   .warn = QColor(0xE0B04C),
                   .bad = QColor(0xF0716B),
                   .on_accent = QColor(0x15171C),
                   .field = QColor(0x15171C),
                   .selected = QColor(0x262A33),
                   .hover = QColor(0x2B303A),
                   .faint = QColor(0x6E7687)};
const Tokens kLight{.window = QColor(0xF6F7F9),
                    .panel = QColor(0xFFFFFF),
                    .raised = QColor(0xFFFFFF),
                    .line = QColor(0xD9DDE5),
                    .text = QColor(0x1B1E24),
                    .secondary = QColor(0x5A6372),
                    .accent = QColor(0x3558D6),
                    .good = QColor(0x1D7F4E),
                    .warn = QColor(0x8A5A00),
                    .bad = QColor(0xB3261E),
                    .on_accent = QColor(0xFFFFFF),
                    .field = QColor(0xF6F7F9),
                    .selected = QColor(0xF1F3F7),
                    .hover = QColor(0xF4F6F9),
                    .faint = QColor(0x8B93A1)};

Theme applied = Theme::dark;

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
  return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

QPalette paletteOf(const Tokens& t) {
  QPalette p;
  p.setColor(QPalette::Window, t.window);
  p.setColor(QPalette::WindowText, t.text);
  p.setColor(QPalette::Base, t.panel);
  p.setColor(QPalette::AlternateBase, t.raised);
  p.setColor(QPalette::Text, t.text);
  p.setColor(QPalette::PlaceholderText, t.secondary);
  p.setColor(QPalette::Button, t.raised);
  p.setColor(QPalette::ButtonText, t.text);
  p.setColor(QPalette::BrightText, t.bad);
  p.setColor(QPalette::ToolTipBase, t.raised);
  p.setColor(QPalette::ToolTipText, t.text);
  p.setColor(QPalette::Highlight, t.accent);
  p.setColor(QPalette::HighlightedText, t.on_accent);
  p.setColor(QPalette::Link, t.accent);
  p.setColor(QPalette::Light, t.raised);
  p.setColor(QPalette::Midlight, t.raised);
  p.setColor(QPalette::Mid, t.line);
  p.setColor(QPalette::Dark, t.line);
  p.setColor(QPalette::Shadow, t.window);
  for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    p.setColor(QPalette::Disabled, role, t.faint);
  return p;
}

QString styleSheetOf(const Tokens& t) {
  QFile file(QStringLiteral(":/style/studio.qss"));
  if (!file.open(QIODevice::ReadOnly)) return {};
  QString sheet = QString::fromUtf8(file.readAll());
  auto names = namedTokens(t);
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return qstrlen(a.first) > qstrlen(b.first); });
  for (const auto& [name, colour] : names) sheet.replace(QLatin1Char('@') + QLatin1String(name), colour.name());
  return sheet;
}

// The system's font, except where there is no desktop that names one and the fallback would be DejaVu, made for
// terminals of another time: then Inter, where it is installed.
QString family() {
  static const QString name = [] {
    const QString system = QFontInfo(QFontDatabase::systemFont(QFontDatabase::GeneralFont)).family();
    const QString inter = QStringLiteral("Inter");
    return system.startsWith(QLatin1String("DejaVu")) && QFontDatabase::hasFamily(inter) ? inter : system;
  }();
  return name;
}

}  // namespace

const Tokens& tokensOf(Theme theme) { return theme == Theme::dark ? kDark : kLight; }

std::array<std::pair<const char*, QColor>, 15> namedTokens(const Tokens& t) {
  return {{{"window", t.window},
           {"panel", t.panel},
           {"raised", t.raised},
           {"line", t.line},
           {"text", t.text},
           {"secondary", t.secondary},
           {"accent", t.accent},
           {"good", t.good},
           {"warn", t.warn},
           {"bad", t.bad},
           {"on_accent", t.on_accent},
           {"field", t.field},
           {"selected", t.selected},
           {"hover", t.hover},
           {"faint", t.faint}}};
}

const Tokens& look() { return tokensOf(applied); }

QColor colourOf(Tint tint) {
  const Tokens& t = look();
  switch (tint) {
    case Tint::text:
      return t.text;
    case Tint::secondary:
      return t.secondary;
    case Tint::accent:
      return t.accent;
    case Tint::on_accent:
      return t.on_accent;
    case Tint::good:
      return t.good;
    case Tint::warn:
      return t.warn;
    case Tint::bad:
      return t.bad;
  }
  return t.text;
}

void applyTheme(Theme theme) {
  loadResources();
  applied = theme;
  QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
  QApplication::setFont(textFont(kBodyPx));
  QApplication::setPalette(paletteOf(look()));
  qApp->setStyleSheet(styleSheetOf(look()));
}

QFont textFont(int pixels, QFont::Weight weight) {
  QFont font(family());
  font.setPixelSize(pixels);
  font.setWeight(weight);
  return font;
}

double contrast(const QColor& a, const QColor& b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace b3o
