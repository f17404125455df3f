// The one place that names colours, sizes and the font. Widgets take every colour from look().
#pragma once

#include <QColor>
#include <QFont>
#include <array>
#include <utility>

namespace b3o {

enum class Theme { dark, light };

struct Tokens {
  QColor window, panel, raised, line, text, secondary, accent, good, warn, bad;
  QColor on_accent;  // text on the accent
  QColor field;      // where one writes, on a panel
  QColor selected;   // behind a chosen item
  QColor hover;      // behind an item under the pointer
  QColor faint;      // text of what cannot be used now
};

namespace space {
constexpr int xs = 4, s = 8, m = 12, l = 16, xl = 24;
}
constexpr int kRadius = 8;
constexpr int kSecondaryPx = 12, kBodyPx = 13, kComposerPx = 15, kHeadingPx = 15, kTitlePx = 20;
constexpr int kIconPx = 20;

const Tokens& tokensOf(Theme theme);
// The tokens by name, as the style sheet writes them: @panel.
std::array<std::pair<const char*, QColor>, 15> namedTokens(const Tokens& tokens);
// The colours that words and icons come in.
enum class Tint { text, secondary, accent, on_accent, good, warn, bad };
QColor colourOf(Tint tint);

// The theme that is applied; dark before the first applyTheme.
const Tokens& look();
// Fusion style, palette, style sheet and font of the whole program. May be called again at any time.
void applyTheme(Theme theme);

QFont textFont(int pixels, QFont::Weight weight = QFont::Normal);
// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);

}  // namespace b3o
