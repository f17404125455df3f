// Which focusable widgets have no name for those who do not see them.
#pragma once

#include <QAccessible>
#include <QLabel>
#include <QWidget>

namespace b3o::test {

inline QString nameless(QWidget* root) {
  QStringList found;
  for (auto* widget : root->findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QLatin1String("qt_"))) continue;
    if (widget->focusProxy() || widget->isHidden()) continue;
    if (const auto* label = qobject_cast<QLabel*>(widget); label && label->text().isEmpty()) continue;
    auto* face = QAccessible::queryAccessibleInterface(widget);
    if (!face || face->text(QAccessible::Name).isEmpty())
      found << QStringLiteral("%1 in %2")
                   .arg(QLatin1String(widget->metaObject()->className()),
                        QLatin1String(widget->parent()->metaObject()->className()));
  }
  return found.join(QStringLiteral(", "));
}

}  // namespace b3o::test
