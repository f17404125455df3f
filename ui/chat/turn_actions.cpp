#include "ui/chat/turn_actions.h"

#include "ui/look/language.h"
#include "ui/look/theme.h"

namespace b3o {
namespace {

constexpr int kSide = 26;

}  // namespace

QuietButton::QuietButton(const char* icon, QWidget* parent) : QPushButton(parent) {
  auto* made = makeButton({}, "ghost", nullptr, icon);  // for its look
  setProperty("kind", made->property("kind"));
  setIcon(made->icon());
  setIconSize(made->iconSize());
  setFocusPolicy(made->focusPolicy());
  setCursor(made->cursor());
  delete made;
  setAutoDefault(false);
  setFixedSize(kSide, kSide);
}

void QuietButton::setName(const QString& name) {
  setAccessibleName(name);
  setToolTip(plainToolTip(name));
}

void QuietButton::setShown(bool shown) {
  shown_ = shown;
  update();
}

void QuietButton::paintEvent(QPaintEvent* event) {
  if (shown_ || hasFocus()) QPushButton::paintEvent(event);
}

TurnActions::TurnActions(QWidget* parent) : QWidget(parent), row_(new QHBoxLayout(this)) {
  row_->setContentsMargins(0, 0, 0, 0);
  row_->setSpacing(0);
  branches_ = new QWidget(this);
  auto* inside = new QHBoxLayout(branches_);
  inside->setContentsMargins(0, 0, space::xs, 0);
  inside->setSpacing(0);
  before_ = makeButton({}, "ghost", branches_, "chevron-left");
  behind_ = makeButton({}, "ghost", branches_, "chevron-right");
  for (auto* button : {before_, behind_}) button->setFixedSize(kSide - 4, kSide);
  retranslated(this, [this] {
    before_->setAccessibleName(tr("The branch before"));
    behind_->setAccessibleName(tr("The next branch"));
    for (auto* button : {before_, behind_}) button->setToolTip(button->accessibleName());
  });
  which_ = new Label({}, Tint::secondary, branches_);
  which_->setFont(textFont(kSecondaryPx));
  which_->setTabular(true);
  which_->setWhole(true);
  inside->addWidget(before_);
  inside->addWidget(which_);
  inside->addWidget(behind_);
  row_->addWidget(branches_);
  connect(before_, &QPushButton::clicked, this, [this] { Q_EMIT branchWanted(-1); });
  connect(behind_, &QPushButton::clicked, this, [this] { Q_EMIT branchWanted(1); });
  setBranch(0, 1);
}

QuietButton* TurnActions::add(const char* icon) {
  auto* button = new QuietButton(icon, this);
  row_->addWidget(button);
  buttons_.push_back(button);
  return button;
}

void TurnActions::setShown(bool shown) {
  for (auto* button : buttons_) button->setShown(shown);
}

void TurnActions::setBranch(int branch, int branches) {
  branches_->setVisible(branches > 1);
  which_->setText(QStringLiteral("%1/%2").arg(branch + 1).arg(branches));
  before_->setEnabled(branch > 0);
  behind_->setEnabled(branch + 1 < branches);
}

}  // namespace b3o
