// Whether the desktop asks for dark or light programs, now and when it changes its mind.
#pragma once

#include <QObject>

#include "ui/look/theme.h"

class QDBusVariant;

namespace b3o {

class SystemTheme : public QObject {
  Q_OBJECT
 public:
  // Must be made before the first applyTheme: without a better source it looks at the palette of the desktop.
  explicit SystemTheme(QObject* parent = nullptr);
  Theme theme() const { return theme_; }  // dark where the desktop does not say

 Q_SIGNALS:
  void changed();

 private:
  void set(Theme theme);
  void askPortal();
#ifdef B3O_DBUS
 private Q_SLOTS:
  void portalChanged(const QString& space, const QString& key, const QDBusVariant& value);
#endif

 private:
  Theme theme_ = Theme::dark;
};

}  // namespace b3o
